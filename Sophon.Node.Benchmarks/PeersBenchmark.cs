using System.Diagnostics;
using Sophon.Node.Platform.Imaging.TurboJpeg;
using Sophon.Node.Platform.Linux.X11.Native;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.Programs;
using Sophon.Node.Tests.Support.X11;

namespace Sophon.Node.Benchmarks;

/// <summary>Clicks, captures and the clipboard through the Gateway, beside the tools that others start for each, and beside the C reference: in turn, on one lively 1920×1080 screen.</summary>
sealed class PeersBenchmark(Report report)
{
    const int Rounds = 5;
    const int EachRound = 20;

    public async Task RunAsync()
    {
        await using var server = await XvfbServer.StartAsync(1920, 1080, windowManager: true);
        await using var gateway = await GatewayProgram.StartNewAsync();
        await using var node = new NodeProgram(server.Display);
        await node.PairAsync(gateway);
        await node.StartAsync();
        server.StartClient("xterm", "-geometry", "150x60+20+20", "-e", "sh", "-c", "while :; do seq 1 400; sleep 0.05; done");
        server.StartClient("xterm", "-geometry", "100x40+960+300", "-e", "sh", "-c", "ls -lR /usr/share; cat");
        using var folder = new TestFolder();
        var shot = folder.File("shot.jpg");

        await ClickAsync(gateway, node, server);
        await CaptureAsync(gateway, node, server, shot);
        await UnchangedAsync(gateway, node);
        await ClipboardAsync(gateway, node, server, folder);
    }

    async Task ClickAsync(GatewayProgram gateway, NodeProgram node, XvfbServer server)
    {
        List<double> ours = [], peer = [], limit = [];
        await NodeBenchmark.TimesAsync(gateway, node, 200, "input.mouse.click", new { x = 100, y = 100 });
        for (var round = 0; round < Rounds; round++)
        {
            ours.AddRange(await NodeBenchmark.TimesAsync(gateway, node, EachRound, "input.mouse.click", new { x = 100, y = 100 }));
            peer.AddRange(await TimesAsync(5, () => server.RunAsync("xdotool", "mousemove", "100", "100", "click", "1")));
            limit.AddRange(await Reference.TimesAsync("click", EachRound, server.Variables));
        }

        var row = Compared("click, REST to result", ours, "xdotool mousemove click", peer, limit);
        report.Add(row with { Goal = "≤ 1.5 ms and ≥ 60 × xdotool", Holds = row.P50 <= 1.5 && row.Ratio >= 60 });
    }

    async Task CaptureAsync(GatewayProgram gateway, NodeProgram node, XvfbServer server, string shot)
    {
        List<double> ours = [], scrot = [], maim = [], import = [], ffmpeg = [], limit = [], encoded = [], pure = [];
        await NodeBenchmark.TimesAsync(gateway, node, 50, "screen.capture", new { });
        await using var desktop = new X11NativeDesktop(server.Environment);
        using var encoder = new TurboJpegEncoder(1);
        for (var round = 0; round < Rounds; round++)
        {
            ours.AddRange(await NodeBenchmark.TimesAsync(gateway, node, EachRound, "screen.capture", new { quality = 80 }));
            limit.AddRange(await Reference.TimesAsync("capture", EachRound, server.Variables));
            scrot.AddRange(await TimesAsync(3, () => server.RunAsync("scrot", "--overwrite", "-q", "80", shot)));
            maim.AddRange(await TimesAsync(3, () => server.RunAsync("maim", "-f", "jpg", "-m", "8", shot)));
            import.AddRange(await TimesAsync(2, () => server.RunAsync("import", "-window", "root", "-quality", "80", shot)));
            ffmpeg.AddRange(await TimesAsync(2, () => server.RunAsync("ffmpeg", "-loglevel", "error", "-y", "-f", "x11grab", "-video_size", "1920x1080", "-i", server.Display, "-frames:v", "1", "-update", "1", shot)));
            using var image = await desktop.Screen.CaptureAsync(new ScreenRectangle(0, 0, 1920, 1080), CancellationToken.None);
            encoded.AddRange(await TimesAsync(EachRound, () => Task.FromResult(encoder.EncodeJpeg(image, 80, null))));
            pure.AddRange(await Reference.TimesAsync("encode", EachRound, server.Variables));
        }

        var row = Compared("capture 1920×1080, quality 80, REST to result", ours, "scrot -q 80", scrot, limit);
        report.Add(row with { Goal = "≤ 2 × C reference and ≥ 2 × scrot", Holds = row.P50 <= 2 * row.Limit && row.Ratio >= 2 });
        report.Add(Compared("the same", ours, "maim", maim, limit));
        report.Add(Compared("the same", ours, "ImageMagick import", import, limit));
        report.Add(Compared("the same", ours, "ffmpeg x11grab", ffmpeg, limit));
        var encoding = Compared("JPEG encoding alone, one core", encoded, "libjpeg-turbo in C", pure, pure);
        report.Add(encoding with { Goal = "≤ 1.2 × libjpeg-turbo", Holds = encoding.P50 <= 1.2 * encoding.Limit });
    }

    async Task UnchangedAsync(GatewayProgram gateway, NodeProgram node)
    {
        // A region that nothing draws in: the rest of the screen lives on.
        static object Region(string? since) => since is null ? new { x = 1500, y = 900, width = 400, height = 150 } : new { x = 1500, y = 900, width = 400, height = 150, ifChangedSince = since };
        var id = (await gateway.ExecuteAsync(node.NodeId, "screen.region", Region(null))).Result!.Value.GetProperty("captureId").GetString();
        var times = await NodeBenchmark.TimesAsync(gateway, node, 200, "screen.region", Region(id));
        report.Add(Report.AtMost(new Row("capture with nothing changed", Report.Median(times), "ms", Report.Percentile(times, 95)), 1.5));
    }

    async Task ClipboardAsync(GatewayProgram gateway, NodeProgram node, XvfbServer server, TestFolder folder)
    {
        var text = string.Concat(Enumerable.Repeat("0123456789abcde\n", 65_536));
        await File.WriteAllTextAsync(folder.File("text"), text);
        await using var owner = server.StartClient("xclip", "-quiet", "-selection", "clipboard", "-i", folder.File("text"));
        await Eventually.TrueAsync(async () => (await gateway.ExecuteAsync(node.NodeId, "clipboard.read")).Result?.GetProperty("text").GetString()?.Length == text.Length, "xclip owns the clipboard");
        List<double> ours = [], peer = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.AddRange(await NodeBenchmark.TimesAsync(gateway, node, 5, "clipboard.read", new { }));
            peer.AddRange(await TimesAsync(3, () => server.RunAsync("xclip", "-selection", "clipboard", "-o")));
        }

        var row = Compared("clipboard read of 1 MB, REST to result", ours, "xclip -o", peer, null);
        report.Add(row with { Goal = "≤ 10 ms and faster than xclip", Holds = row.P50 <= 10 && row.Ratio > 1 });
    }

    static Row Compared(string measure, List<double> ours, string peer, List<double> peers, List<double>? limit) => new(
        measure, Report.Median(ours), "ms", Report.Percentile(ours, 95), peer, Report.Median(peers), Report.Median(peers) / Report.Median(ours),
        limit is null ? null : Report.Median(limit));

    static async Task<List<double>> TimesAsync<T>(int runs, Func<Task<T>> run)
    {
        var times = new List<double>(runs);
        for (var i = 0; i < runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }
}
