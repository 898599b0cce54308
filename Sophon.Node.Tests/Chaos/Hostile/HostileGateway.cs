using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Sophon.Node.Tests.Node.Gateway;

namespace Sophon.Node.Tests.Chaos.Hostile;

/// <summary>
/// A Gateway that speaks the hub's protocol by hand: acknowledges what the Node sends, and sends what it is given,
/// one input after the other over however many connections that takes.
/// </summary>
/// <param name="inputs">In order. A broken one costs the connection that it is sent on.</param>
sealed class HostileGateway(IReadOnlyList<HostileGateway.Input> inputs) : IAsyncDisposable
{
    /// <summary>Commands that wait for their answers at once.</summary>
    const int Window = 100;

    readonly ConcurrentDictionary<string, int> answers = new();
    readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly SemaphoreSlim oneAtATime = new(1);
    LoopbackServer? server;
    int connections;
    int untyped;
    int next;

    /// <param name="Id">Of a command that has to be answered; null for a frame after which the connection has to end.</param>
    /// <param name="Frame">With its record separator.</param>
    public sealed record Input(string? Id, string Frame);

    public Uri Address => server!.Address;

    /// <summary>Times that the Node came.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Command id → how often it was answered.</summary>
    public IReadOnlyDictionary<string, int> Answers => answers;

    /// <summary>Answers without a final status, or with an error outside the closed set.</summary>
    public int Untyped => Volatile.Read(ref untyped);

    /// <summary>Every input was sent, and dealt with.</summary>
    public Task Done => done.Task;

    public int Sent => Volatile.Read(ref next);

    public async Task StartAsync() => server = await RawHub.StartAsync(async (socket, _) =>
    {
        await oneAtATime.WaitAsync();
        Interlocked.Increment(ref connections);
        try
        {
            await TalkAsync(socket);
        }
        catch (WebSocketException)
        {
            // The Node has cut.
        }
        finally
        {
            oneAtATime.Release();
        }
    });

    async Task TalkAsync(WebSocket socket)
    {
        var reader = new HubReader(socket);
        await socket.SendAsync(HostileInputs.Invocation("UpdateScopes", """{"scopes":["node.command"]}""") + HostileInputs.End);
        while (next < inputs.Count)
        {
            var (from, batch) = (next, new StringBuilder());
            for (; next < inputs.Count && next - from < Window && inputs[next].Id is not null; next++) batch.Append(inputs[next].Frame);
            if (batch.Length > 0) await socket.SendAsync(batch.ToString());
            while (inputs.Take(new Range(from, next)).Any(input => !answers.ContainsKey(input.Id!))) await AnswerAsync(socket, reader);

            if (next >= inputs.Count || inputs[next].Id is not null) continue;
            await socket.SendAsync(inputs[next++].Frame);
            while (await AnswerAsync(socket, reader)) { }
            return;
        }

        done.TrySetResult();
        while (await AnswerAsync(socket, reader)) { }
    }

    /// <returns>False when the connection has ended.</returns>
    async Task<bool> AnswerAsync(WebSocket socket, HubReader reader)
    {
        if (await reader.NextAsync() is not { } message) return false;
        if (!message.TryGetProperty("target", out var target)) return true;
        var isResult = target.GetString() == "CommandResult";
        if (isResult) Note(message.GetProperty("arguments")[0]);
        if (message.TryGetProperty("invocationId", out var id))
            await socket.SendAsync($$"""{"type":3,"invocationId":"{{id.GetString()}}"{{(isResult ? ",\"result\":true" : "")}}}{{HostileInputs.End}}""");
        return true;
    }

    void Note(JsonElement result)
    {
        answers.AddOrUpdate(result.GetProperty("commandId").GetString()!, 1, (_, times) => times + 1);
        var status = result.GetProperty("status").GetString();
        var typed = status == "succeeded" || (status is "failed" or "denied" or "timedOut" or "cancelled" && result.GetProperty("error").GetProperty("code").GetString() is { Length: > 0 });
        if (!typed) Interlocked.Increment(ref untyped);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
