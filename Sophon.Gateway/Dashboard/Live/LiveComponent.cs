using Microsoft.AspNetCore.Components;
using Sophon.Gateway.Changes;

namespace Sophon.Gateway.Dashboard.Live;

/// <summary>A component that follows the <see cref="ChangeFeed"/> as long as it is on the page, and is rendered anew after each change.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    readonly List<IDisposable> following = [];

    [Inject] ChangeFeed Feed { get; set; } = null!;

    /// <summary>Call it in <c>OnInitialized</c>, before the first read.</summary>
    /// <param name="changed">Gets the ids that changed; runs on the component's own context.</param>
    protected void Follow(Topic topic, Func<IReadOnlySet<string>, Task> changed) => following.Add(Feed.Follow(topic, ids => InvokeAsync(async () =>
    {
        if (following.Count == 0) return;
        await changed(ids);
        StateHasChanged();
    })));

    /// <inheritdoc cref="Follow(Topic, Func{IReadOnlySet{string}, Task})"/>
    protected void Follow(Topic topic, Action<IReadOnlySet<string>> changed) => Follow(topic, ids =>
    {
        changed(ids);
        return Task.CompletedTask;
    });

    public virtual void Dispose()
    {
        foreach (var one in following) one.Dispose();
        following.Clear();
        GC.SuppressFinalize(this);
    }
}
