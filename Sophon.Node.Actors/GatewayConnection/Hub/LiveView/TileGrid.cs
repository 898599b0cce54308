using Sophon.Node.Actors.CommandRouter.Devices.Screen;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors.GatewayConnection.Hub.LiveView;

/// <summary>What each tile of the picture looked like when it was last sent: so a tile is sent when its pixels differ, whatever the display server tells. Pure; not thread-safe.</summary>
public sealed class TileGrid
{
    /// <summary>Pixels; multiples of JPEG's 16. Larger tiles would send more around a small change, smaller ones cost a file's head (600 bytes) and a decoder's start each.</summary>
    public const int TileWidth = 256, TileHeight = 128;

    struct Sent
    {
        public ulong Hash;
        public int Quality;
        public long At;
    }

    readonly int width, height, columns;
    readonly Sent[] tiles;

    public TileGrid(int width, int height)
    {
        (this.width, this.height) = (width, height);
        columns = (width + TileWidth - 1) / TileWidth;
        tiles = new Sent[columns * ((height + TileHeight - 1) / TileHeight)];
    }

    public bool Fits(int otherWidth, int otherHeight) => (width, height) == (otherWidth, otherHeight);

    /// <summary>Tiles whose pixels are others than were sent; from here on they count as sent.</summary>
    /// <param name="changed">Where to look, in pixels of the picture; null looks everywhere.</param>
    /// <param name="now">A timestamp.</param>
    public List<ScreenRectangle> TakeChanged(PixelImage image, IReadOnlyList<ScreenRectangle>? changed, int quality, long now)
    {
        var taken = new List<ScreenRectangle>();
        for (var i = 0; i < tiles.Length; i++)
        {
            var tile = Bounds(i);
            if (changed is not null && tiles[i].Quality > 0 && !changed.Any(area => area.Intersect(tile) is { Width: > 0, Height: > 0 })) continue;
            var hash = PixelHash.Of(image, tile);
            if (tiles[i].Quality > 0 && tiles[i].Hash == hash) continue;
            tiles[i] = new Sent { Hash = hash, Quality = quality, At = now };
            taken.Add(tile);
        }

        return taken;
    }

    /// <summary>Some tile was sent below <paramref name="quality"/>, and before <paramref name="before"/>: it has come to rest.</summary>
    public bool HasCoarse(int quality, long before)
    {
        foreach (ref readonly var tile in tiles.AsSpan())
            if (tile.Quality > 0 && tile.Quality < quality && tile.At < before) return true;
        return false;
    }

    /// <summary>Those tiles, as far as their pixels are still what was sent; from here on they count as sent at <paramref name="quality"/>.</summary>
    public List<ScreenRectangle> TakeCoarse(PixelImage image, int quality, long before)
    {
        var taken = new List<ScreenRectangle>();
        for (var i = 0; i < tiles.Length; i++)
        {
            if (tiles[i].Quality == 0 || tiles[i].Quality >= quality || tiles[i].At >= before || PixelHash.Of(image, Bounds(i)) != tiles[i].Hash) continue;
            tiles[i].Quality = quality;
            taken.Add(Bounds(i));
        }

        return taken;
    }

    ScreenRectangle Bounds(int index)
    {
        int x = index % columns * TileWidth, y = index / columns * TileHeight;
        return new(x, y, Math.Min(TileWidth, width - x), Math.Min(TileHeight, height - y));
    }
}
