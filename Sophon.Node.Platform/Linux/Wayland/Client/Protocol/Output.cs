namespace Sophon.Node.Platform.Linux.Wayland.Client.Protocol;

/// <summary><c>wl_output</c> version 4: a monitor's mode, as it is before rotation.</summary>
sealed class Output(WaylandConnection connection) : WaylandObject(connection)
{
    public const string Interface = "wl_output";
    const uint CurrentMode = 1;

    /// <summary>Pixels of the current mode, unrotated.</summary>
    public int ModeWidth { get; private set; }

    public int ModeHeight { get; private set; }

    public OutputTransform Transform { get; private set; }

    public string? Name { get; private set; }

    public string Description { get; private set; } = "";

    /// <summary>All properties have arrived at least once.</summary>
    public bool IsComplete { get; private set; }

    public override void OnEvent(ushort opcode, ref EventReader arguments)
    {
        switch (opcode)
        {
            case 0:
                for (var skipped = 0; skipped < 5; skipped++) arguments.Int();
                string make = arguments.String(), model = arguments.String();
                if (Description.Length == 0) Description = $"{make} {model}".Trim();
                Transform = (OutputTransform)arguments.Int();
                break;
            case 1:
                if ((arguments.UInt() & CurrentMode) == 0) break;
                ModeWidth = arguments.Int();
                ModeHeight = arguments.Int();
                break;
            case 2:
                IsComplete = true;
                break;
            case 4:
                Name = arguments.String();
                break;
            case 5:
                Description = arguments.String();
                break;
        }
    }
}

/// <summary><c>wl_output.transform</c>: how the image is turned, counter-clockwise, before it is shown; a flip about the vertical axis comes first.</summary>
enum OutputTransform { Normal, Turned90, Turned180, Turned270, Flipped, Flipped90, Flipped180, Flipped270 }
