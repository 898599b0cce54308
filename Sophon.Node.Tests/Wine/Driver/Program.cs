using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Sophon.Node.Platform.Windows;
using Sophon.Node.Tests.Wine.Driver;

// wine-driver desktop|clicks|typing PORTFILE [TITLE]
if (!OperatingSystem.IsWindows()) return 1;

var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start();
ICalls calls = args[0] switch
{
    "desktop" => new DesktopCalls(new WindowsDesktop()),
    "clicks" => new WitnessCalls(WitnessWindow.Cover()),
    "typing" => new WitnessCalls(WitnessWindow.Open(args[2])),
    "holder" => new ClipboardHolderCalls(),
    _ => throw new ArgumentException(args[0]),
};
File.WriteAllText(args[1] + ".new", ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
File.Move(args[1] + ".new", args[1]);

while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync());

async Task ServeAsync(TcpClient client)
{
    using var cancelled = new CancellationTokenSource();
    using (client)
    {
        var stream = client.GetStream();
        var (request, _) = await DriverMessages.ReadAsync(stream, CancellationToken.None);
        var end = stream.ReadAsync(new byte[1]).AsTask().ContinueWith(_ => cancelled.Cancel(), TaskScheduler.Default);
        var (answer, bytes) = await AnswerAsync(request, cancelled.Token);
        await DriverMessages.WriteAsync(stream, answer, bytes, CancellationToken.None);
        client.Client.Shutdown(SocketShutdown.Send);
        await end;
    }
}

async Task<(JsonNode Answer, ReadOnlyMemory<byte> Bytes)> AnswerAsync(JsonNode request, CancellationToken cancellationToken)
{
    try
    {
        var (result, bytes) = await calls.CallAsync((string)request["call"]!, request["arguments"]!.AsObject(), cancellationToken);
        return (new JsonObject { ["result"] = result }, bytes);
    }
    catch (Exception exception)
    {
        return (new JsonObject { ["error"] = exception.GetType().Name, ["message"] = exception.Message }, default);
    }
}

namespace Sophon.Node.Tests.Wine.Driver
{
    interface ICalls
    {
        Task<(JsonNode? Result, ReadOnlyMemory<byte> Bytes)> CallAsync(string call, JsonObject arguments, CancellationToken cancellationToken);
    }
}
