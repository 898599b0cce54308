using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Dashboard.Shared;

/// <summary>One thing that a person does on a page: it is under way, or has failed with a sentence for them.</summary>
public sealed class Attempt
{
    public bool IsRunning { get; private set; }

    /// <summary>Of the last one; null when it went well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Runs it, unless it runs already: a second click is not a second act.</summary>
    /// <returns>True when it went well.</returns>
    public async Task<bool> RunAsync(Func<Task> act)
    {
        if (IsRunning) return false;
        (IsRunning, Problem) = (true, null);
        try
        {
            await act();
            return true;
        }
        catch (Exception error) when (error is ProblemException or StoreException)
        {
            Problem = error.Message;
            return false;
        }
        finally
        {
            IsRunning = false;
        }
    }

    public void Clear() => Problem = null;
}
