using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>When each tile of the screen was last drawn on. Pure; not thread-safe.</summary>
sealed class ChangeGrid
{
    /// <summary>Pixels a side: a multiple of JPEG's 16, so that tiles can be encoded alone.</summary>
    public const int Tile = 64;

    // X coordinates are 16 bit; nothing larger than this can be a screen.
    const int MostTiles = 32_768 / Tile;

    readonly Dictionary<int, long> changed = [];

    public void Mark(ScreenRectangle drawn, long revision)
    {
        foreach (var (x, y) in Tiles(drawn)) changed[y * MostTiles + x] = revision;
    }

    /// <summary>What was drawn inside <paramref name="area"/> after <paramref name="since"/>; neighbours in a row are joined.</summary>
    public IReadOnlyList<ScreenRectangle> Since(long since, ScreenRectangle area)
    {
        var found = new List<ScreenRectangle>();
        foreach (var (x, y) in Tiles(area))
        {
            if (!changed.TryGetValue(y * MostTiles + x, out var revision) || revision <= since) continue;
            var tile = new ScreenRectangle(x * Tile, y * Tile, Tile, Tile).Intersect(area);
            if (found.Count > 0 && found[^1] is var last && last.Y == tile.Y && last.Right == tile.X) found[^1] = last with { Width = last.Width + tile.Width };
            else found.Add(tile);
        }

        return found;
    }

    static IEnumerable<(int X, int Y)> Tiles(ScreenRectangle area)
    {
        int left = Math.Max(0, area.X) / Tile, top = Math.Max(0, area.Y) / Tile;
        for (var y = top; y * Tile < area.Bottom && y < MostTiles; y++)
            for (var x = left; x * Tile < area.Right && x < MostTiles; x++) yield return (x, y);
    }
}
