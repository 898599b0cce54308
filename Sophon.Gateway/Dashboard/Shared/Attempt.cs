using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Dashboard.Shared;

/// <summary>One thing that a person does on a page: it is under way, or was refused with a sentence for them.</summary>
public sealed class Attempt
{
    public bool IsRunning { get; private set; }

    /// <summary>Of the last one; null when it went well.</summary>
    public Problem? Refusal { get; set; }

    /// <summary>Runs it, unless it runs already: a second click is not a second act.</summary>
    /// <returns>True when it went well.</returns>
    public async Task<bool> RunAsync(Func<Task> act)
    {
        if (IsRunning) return false;
        (IsRunning, Refusal) = (true, null);
        try
        {
            await act();
            return true;
        }
        catch (ProblemException refused)
        {
            Refusal = refused.Problem;
            return false;
        }
        catch (StoreException)
        {
            Refusal = new Problem(StatusCodes.Status503ServiceUnavailable, ProblemCodes.StoreUnavailable, "The Gateway's store can't be written just now; nothing was done. Try again.");
            return false;
        }
        finally
        {
            IsRunning = false;
        }
    }
}
