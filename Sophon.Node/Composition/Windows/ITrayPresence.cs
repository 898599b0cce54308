using Sophon.Node.Actors;

namespace Sophon.Node.Composition.Windows;

/// <summary>The tray icon as the rest of the program sees it, on every system.</summary>
interface ITrayPresence : IAsyncDisposable
{
    void On(NodeEvents.INodeEvent happened);
}
