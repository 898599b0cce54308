using System.Text.Json;
using Sophon.Gateway.Commands;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Dashboard.Console;

/// <summary>A command that was sent from this page.</summary>
public sealed class CommandRun
{
    readonly OpenCommand? open;

    /// <param name="open">Null when it was over already.</param>
    internal CommandRun(CommandRecord record, OpenCommand? open) => (Record, this.open) = (record, open);

    CommandRecord Record { get; set; }

    public string Id => Record.Id;

    public string Type => Record.Type;

    public string NodeId => Record.NodeId;

    /// <summary>As it stands, without its result.</summary>
    public CommandView View => CommandView.Of(open?.Record ?? Record, withResult: false);

    public JsonElement? Result { get; private set; }

    public string Output { get; private set; } = "";

    public bool OutputTruncated => open?.Output.Truncated == true;

    public void ReadOutput() => Output = open is null ? "" : string.Concat(open.Output.After(-1).Select(chunk => chunk.Text));

    /// <summary>Waits for the end, and takes the result out of the Gateway: whoever is shown it has it.</summary>
    internal async Task FinishAsync(CommandService commands, CancellationToken cancellationToken)
    {
        if (open is not null) Record = await open.WaitAsync(cancellationToken);
        Result = CommandView.Of(Record).Result;
        commands.Delivered(Record);
    }
}
