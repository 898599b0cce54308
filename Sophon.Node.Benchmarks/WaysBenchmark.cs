using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sophon.Node.Benchmarks;

/// <summary>Three ways of an image from Node to Gateway, each acknowledged before the next: what ADR 16 chose from.</summary>
sealed class WaysBenchmark(Report report)
{
    const int Images = 300;
    const int Runs = 5;
    static readonly int[] Sizes = [30_000, 300_000, 1_500_000];

    sealed class ImageHub : Hub
    {
        public bool Take(Answer answer) => answer.Image.Length > 0 && Context.ConnectionId.Length > 0;
    }

    public async Task RunAsync()
    {
        await using var server = await ServeAsync();
        var url = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await using var json = await ConnectAsync(url, messagePack: false);
        await using var packed = await ConnectAsync(url, messagePack: true);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri("ws" + url.ToString()["http".Length..] + "images"), CancellationToken.None);

        foreach (var size in Sizes)
        {
            var image = new byte[size];
            new Random(1).NextBytes(image);
            var ways = new (string Name, Func<Task> Send)[]
            {
                ("base64 in the hub's JSON", () => json.InvokeAsync<bool>("Take", new Answer("c", image))),
                ("MessagePack on the hub", () => packed.InvokeAsync<bool>("Take", new Answer("c", image))),
                ("a WebSocket of its own", () => SendAsync(socket, image)),
            };
            foreach (var way in ways) await RepeatAsync(way.Send, 50);
            var measured = ways.Select(_ => (Times: new List<double>(), Cpu: new List<double>(), Bytes: new List<double>())).ToList();
            for (var run = 0; run < Runs; run++)
                for (var i = 0; i < ways.Length; i++)
                {
                    var (cpu, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
                    measured[i].Times.AddRange(await RepeatAsync(ways[i].Send, Images / Runs));
                    measured[i].Cpu.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / (Images / Runs));
                    measured[i].Bytes.Add((GC.GetTotalAllocatedBytes() - allocated) / (Images / Runs));
                }

            var first = Report.Median(measured[0].Times);
            for (var i = 0; i < ways.Length; i++)
            {
                report.Add(new Row(
                    $"{size / 1000} kB: {ways[i].Name}", Report.Median(measured[i].Times), "ms", Report.Percentile(measured[i].Times, 95),
                    FormattableString.Invariant($"CPU of both {Report.Median(measured[i].Cpu):0.00} ms, {Report.Median(measured[i].Bytes) / 1000:0} kB"), null, first / Report.Median(measured[i].Times)));
            }
        }
    }

    static async Task<WebApplication> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSignalR(hub => hub.MaximumReceiveMessageSize = 32 * 1024 * 1024).AddMessagePackProtocol();
        var app = builder.Build();
        app.UseWebSockets();
        app.MapHub<ImageHub>("/hub");
        app.MapGet("/images", async (Microsoft.AspNetCore.Http.HttpContext http) =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[2 * 1024 * 1024];
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    received = await socket.ReceiveAsync(buffer.AsMemory(length), http.RequestAborted);
                    length += received.Count;
                }
                while (!received.EndOfMessage);
                if (received.MessageType == WebSocketMessageType.Close) return;

                // As the Gateway does: the image outlives the buffer.
                GC.KeepAlive(buffer.AsSpan(0, length).ToArray());
                await socket.SendAsync("""{"stored":true}"""u8.ToArray(), WebSocketMessageType.Text, true, http.RequestAborted);
            }
        });
        await app.StartAsync();
        return app;
    }

    static async Task<HubConnection> ConnectAsync(Uri url, bool messagePack)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(url, "hub"), options =>
        {
            options.SkipNegotiation = true;
            options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
        });
        if (messagePack) builder.AddMessagePackProtocol();
        var connection = builder.Build();
        await connection.StartAsync();
        return connection;
    }

    static async Task SendAsync(ClientWebSocket socket, byte[] image)
    {
        await socket.SendAsync("head"u8.ToArray(), WebSocketMessageType.Binary, false, CancellationToken.None);
        await socket.SendAsync(image, WebSocketMessageType.Binary, true, CancellationToken.None);
        await socket.ReceiveAsync(new byte[256], CancellationToken.None);
    }

    static async Task<List<double>> RepeatAsync(Func<Task> send, int times)
    {
        var taken = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await send();
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return taken;
    }
}

/// <summary>What travels; public, as MessagePack's formatters want it.</summary>
public sealed record Answer(string CommandId, byte[] Image);
