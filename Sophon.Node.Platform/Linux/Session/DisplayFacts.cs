namespace Sophon.Node.Platform.Linux.Session;

/// <summary>A display server that may serve the Node.</summary>
/// <param name="Kind">Which protocol it speaks.</param>
/// <param name="Name">As <c>DISPLAY</c> or <c>WAYLAND_DISPLAY</c> has it.</param>
/// <param name="Named">By the environment; else it was found.</param>
/// <param name="Listens">It takes connections.</param>
public readonly record struct DisplayCandidate(DisplayKind Kind, string Name, bool Named, bool Listens);

public enum DisplayKind { None, X11, Wayland }

/// <summary>What was seen in one look.</summary>
/// <param name="SessionType">As <c>XDG_SESSION_TYPE</c>.</param>
/// <param name="Candidates">The named ones, and those found where none is named.</param>
public sealed record DisplayFacts(string? SessionType, IReadOnlyList<DisplayCandidate> Candidates)
{
    public bool Equals(DisplayFacts? other) => other is not null && SessionType == other.SessionType && Candidates.SequenceEqual(other.Candidates);

    public override int GetHashCode() => Candidates.Count;
}
