using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Checks;

/// <summary>Lines of <c>doctor</c>.</summary>
static class PortProbe
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Tries a port. What fails is told by the exception's kind; <paramref name="cure"/> stands where that kind has none of its own.</summary>
    public static async Task<PortCheck> TryAsync(string port, string cure, Func<CancellationToken, Task<string>> attempt, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            return new PortCheck(port, true, await attempt(deadline.Token), null);
        }
        catch (ToolMissingException exception)
        {
            return new PortCheck(port, false, exception.Message, exception.InstallCommand) { MissingTool = exception.Tool };
        }
        catch (PlatformException exception)
        {
            return new PortCheck(port, false, exception.Message, cure);
        }
        catch (OperationCanceledException)
        {
            return new PortCheck(port, false, $"no answer within {Deadline.TotalSeconds:0} s", cure);
        }
    }

    /// <summary>Whether a helper is installed.</summary>
    public static PortCheck Helper(string tool, string without) => Helper(tool, without, ProgramPath.Find(tool));

    /// <param name="found">Where it is; null: nowhere.</param>
    public static PortCheck Helper(string tool, string without, string? found) => found is { } path
        ? new PortCheck($"helper {tool}", true, path, null)
        : new PortCheck($"helper {tool}", false, $"not found on PATH: {without}", HelperPackages.InstallCommand(tool)) { MissingTool = tool };
}
