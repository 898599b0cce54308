using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Tests.Wine.Driver;

namespace Sophon.Node.Tests.Platform.Windows.Wine;

/// <summary>Calls the driver program inside Wine.</summary>
public sealed class WineDriver(int port)
{
    public async Task<T> CallAsync<T>(string call, JsonObject? arguments = null, CancellationToken cancellationToken = default) =>
        (await AskAsync(call, arguments, cancellationToken)).Result.Deserialize<T>()!;

    public Task CallAsync(string call, JsonObject? arguments = null, CancellationToken cancellationToken = default) =>
        AskAsync(call, arguments, cancellationToken);

    public async Task<byte[]> ReadBytesAsync(string call, JsonObject arguments, CancellationToken cancellationToken) =>
        (await AskAsync(call, arguments, cancellationToken)).Bytes;

    async Task<(JsonNode? Result, byte[] Bytes)> AskAsync(string call, JsonObject? arguments, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var stream = client.GetStream();
        await DriverMessages.WriteAsync(stream, new JsonObject { ["call"] = call, ["arguments"] = arguments ?? [] }, default, cancellationToken);
        // The answer is waited for: a cancelled call has to end there before it ends here.
        await using var cancel = cancellationToken.Register(() => client.Client.Shutdown(SocketShutdown.Send));
        var (answer, bytes) = await DriverMessages.ReadAsync(stream, CancellationToken.None);
        return answer["error"] is { } error ? throw Failure((string)error!, (string)answer["message"]!) : (answer["result"], bytes);
    }

    static Exception Failure(string type, string message) => type switch
    {
        nameof(OperationCanceledException) or nameof(TaskCanceledException) => new OperationCanceledException(message),
        nameof(DisplayUnavailableException) => new DisplayUnavailableException(message),
        nameof(UnsupportedException) => new UnsupportedException(message),
        nameof(NotFoundException) => new NotFoundException(message),
        nameof(InvalidInputException) => new InvalidInputException(message),
        nameof(ActionFailedException) => new ActionFailedException(message),
        _ => new InvalidOperationException($"{type}: {message}"),
    };
}
