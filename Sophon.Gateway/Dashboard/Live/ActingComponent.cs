using Sophon.Gateway.Dashboard.Shared;
using Sophon.Gateway.Problems;

namespace Sophon.Gateway.Dashboard.Live;

/// <summary>A component in which a person does something: one act at a time, and a refusal is a sentence on the page.</summary>
public abstract class ActingComponent : LiveComponent
{
    readonly Attempt attempt = new();

    /// <summary>An act is under way: what starts another is out of reach.</summary>
    protected bool IsBusy => attempt.IsRunning;

    /// <summary>Why the last act was refused; null when it was not.</summary>
    protected Problem? Refusal { get => attempt.Refusal; set => attempt.Refusal = value; }

    /// <summary>Runs one act, which begins with <c>Person.DemandAsync</c>.</summary>
    /// <returns>True when it was done.</returns>
    protected Task<bool> TryAsync(Func<Task> act) => attempt.RunAsync(act);
}
