using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Sophon.Gateway.Accounts;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Gateway.Live;

/// <summary>One browser that watches: sends it a frame when it has drawn the last but one, and takes its clicks and keys as commands.</summary>
sealed class LiveViewer(string nodeId, WebSocket socket, LiveViews views, CommandService commands, bool mayOperate, Caller caller)
{
    /// <summary>One on the way while one is drawn. A frame more would only grow older in the network's buffers.</summary>
    const int MostUndrawn = 2;

    const int LargestMessage = 64 * 1024;
    const int MostWaitingCommands = 64;

    /// <summary>What a viewer's message asks; exactly one member is given.</summary>
    /// <param name="Drawn">The frame with this number is on the canvas.</param>
    /// <param name="Ping">Answered with the same number: for the page to measure the way.</param>
    /// <param name="Command">A command of the catalogue that needs the scope <c>input.control</c>.</param>
    public sealed record Request(uint? Drawn, double? Ping, CommandRequest? Command);

    readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    uint sent, drawn;

    SemaphoreSlim Room { get; } = new(MostUndrawn);

    SemaphoreSlim Sending { get; } = new(1);

    SemaphoreSlim Waiting { get; } = new(MostWaitingCommands);

    public async Task RunAsync(CancellationTokenSource session)
    {
        var receiving = ReceiveAsync(session);
        try
        {
            await SendAsync(session.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException)
        {
            // It left, or its time is over.
        }
        finally
        {
            await session.CancelAsync();
            await receiving;
            await CloseAsync();
        }
    }

    async Task SendAsync(CancellationToken cancellationToken)
    {
        await TellAsync(new { mayOperate }, cancellationToken);
        await using var updates = views.SubscribeAsync(nodeId, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            // Room first: what is taken from the view is the newest at that moment.
            await Room.WaitAsync(cancellationToken);
            if (!await updates.MoveNextAsync()) return;
            if (updates.Current.Status is { } status) await TellAsync(new { status = status.State, message = status.Message }, cancellationToken);
            if (updates.Current.Frame is not { } frame)
            {
                Room.Release();
                continue;
            }

            buffer.ResetWrittenCount();

            // Numbered by viewer: a frame of the Node that was skipped is none that the page has to draw.
            (frame with { Sequence = ++sent }).WriteTo(buffer);
            await LockedAsync(() => socket.SendAsync(buffer.WrittenMemory, WebSocketMessageType.Binary, true, cancellationToken).AsTask(), cancellationToken);
        }
    }

    async Task ReceiveAsync(CancellationTokenSource session)
    {
        using var reader = new MessageReader(socket, LargestMessage);
        try
        {
            while (await reader.NextAsync(session.Token) is { } message)
            {
                var request = JsonSerializer.Deserialize<Request>(message.Span, JsonSerializerOptions.Web);
                if (request?.Drawn is { } sequence)
                {
                    for (; drawn < sequence && drawn < sent; drawn++) Room.Release();
                }

                if (request?.Ping is { } ping) await TellAsync(new { pong = ping }, session.Token);
                if (request?.Command is { } command) await TakeAsync(command, session.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException or InvalidDataException or JsonException)
        {
            // It left, or speaks something else.
        }
        finally
        {
            await session.CancelAsync();
        }
    }

    // In the order of the gestures; each result comes when it comes.
    async Task TakeAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (!mayOperate) throw new ProblemException(new Problem(StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, "You may watch, and not operate."));
            if (CommandCatalog.Find(request.Type ?? "") is not { Scope: Scopes.InputControl })
                throw new ProblemException(Problem.Invalid("type", "A live view takes commands of the mouse and the keyboard."));
            if (!Waiting.Wait(0, CancellationToken.None)) throw new ProblemException(Problem.Of(new CommandError(ErrorCode.Busy, "The Node has not answered the last gestures yet.")));
            try
            {
                var (open, record) = await commands.SubmitAsync(nodeId, request, caller);
                _ = FollowAsync(open, record, cancellationToken);
            }
            catch
            {
                Waiting.Release();
                throw;
            }
        }
        catch (ProblemException problem)
        {
            await TellAsync(new { commandFailed = problem.Problem.Code, message = problem.Problem.Message }, cancellationToken);
        }
        catch (StoreException error)
        {
            await TellAsync(new { commandFailed = ProblemCodes.StoreUnavailable, message = error.Message }, cancellationToken);
        }
    }

    async Task FollowAsync(OpenCommand? open, CommandRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var final = open is null ? record : await open.WaitAsync(cancellationToken);
            if (final.Status != CommandStatus.Succeeded) await TellAsync(new { commandFailed = final.ErrorCode is { } code ? Problem.NameOf(code) : null, message = final.ErrorMessage }, cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException or ProblemException or ObjectDisposedException)
        {
            // The viewer left before its answer came; the command goes on.
        }
        finally
        {
            Waiting.Release();
        }
    }

    Task TellAsync(object message, CancellationToken cancellationToken) => LockedAsync(
        () => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web), WebSocketMessageType.Text, true, cancellationToken), cancellationToken);

    async Task LockedAsync(Func<Task> send, CancellationToken cancellationToken)
    {
        await Sending.WaitAsync(cancellationToken);
        try
        {
            await send();
        }
        finally
        {
            Sending.Release();
        }
    }

    async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException)
        {
            // It is gone already.
        }
    }
}
