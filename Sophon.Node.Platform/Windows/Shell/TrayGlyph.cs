namespace Sophon.Node.Platform.Windows;

/// <summary>What the Node is doing, as the tray icon shows it.</summary>
public enum TrayState
{
    /// <summary>Grey: no Gateway.</summary>
    Offline,

    /// <summary>Green: connected, commands are carried out.</summary>
    Online,

    /// <summary>Amber: connected, but the person has paused it.</summary>
    Paused,
}

/// <summary>Draws the tray icon: a disc in the state's colour, with two bars in it while paused.</summary>
static class TrayGlyph
{
    /// <summary>Samples of a pixel in each direction, for smooth edges.</summary>
    const int Samples = 4;

    /// <summary>BGRA, rows top to bottom, <paramref name="width"/> × <paramref name="height"/> pixels.</summary>
    public static byte[] Render(TrayState state, int width, int height)
    {
        var (red, green, blue) = state switch
        {
            TrayState.Online => (0x2E, 0xA0, 0x43),
            TrayState.Paused => (0xD2, 0x99, 0x22),
            _ => (0x8B, 0x94, 0x9E),
        };
        var pixels = new byte[width * height * 4];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (disc, bars) = Cover(state, x, y, width, height);
                var pixel = pixels.AsSpan((y * width + x) * 4, 4);
                pixel[0] = Mix(blue, bars);
                pixel[1] = Mix(green, bars);
                pixel[2] = Mix(red, bars);
                pixel[3] = (byte)Math.Round(disc * 255);
            }
        }

        return pixels;
    }

    // The parts of the pixel, 0 to 1, that the disc and the bars cover.
    static (double Disc, double Bars) Cover(TrayState state, int x, int y, int width, int height)
    {
        int disc = 0, bars = 0;
        for (var sample = 0; sample < Samples * Samples; sample++)
        {
            // From -1 to 1 across the icon.
            var across = (x + (sample % Samples + 0.5) / Samples) / width * 2 - 1;
            var down = (y + (sample / Samples + 0.5) / Samples) / height * 2 - 1;
            if (across * across + down * down > 0.9) continue;
            disc++;
            if (state == TrayState.Paused && Math.Abs(down) < 0.45 && Math.Abs(across) is > 0.12 and < 0.4) bars++;
        }

        return (disc / (double)(Samples * Samples), disc == 0 ? 0 : bars / (double)disc);
    }

    static byte Mix(int colour, double white) => (byte)Math.Round(colour + (255 - colour) * white);
}
