using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Dashboard.Live;

/// <summary>A component in which a person does something: one act at a time, and a refusal is a sentence on the page.</summary>
public abstract class ActingComponent : LiveComponent
{
    /// <summary>An act is under way: what starts another is out of reach.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Why the last act was refused; null when it was not.</summary>
    protected Problem? Refusal { get; set; }

    /// <summary>Runs one act, which begins with <c>Person.DemandAsync</c>. While one runs, another is ignored: a double click does nothing twice.</summary>
    /// <returns>True when it was done.</returns>
    protected async Task<bool> TryAsync(Func<Task> act)
    {
        if (IsBusy) return false;
        (IsBusy, Refusal) = (true, null);
        try
        {
            await act();
            return true;
        }
        catch (ProblemException refused)
        {
            Refusal = refused.Problem;
        }
        catch (StoreException)
        {
            Refusal = new Problem(StatusCodes.Status503ServiceUnavailable, ProblemCodes.StoreUnavailable, "The Gateway's store can't be written just now; nothing was done. Try again.");
        }
        finally
        {
            IsBusy = false;
        }

        return false;
    }
}
