namespace Sophon.Node.Platform.Linux.Session;

/// <summary>Which display the Node drives, and why.</summary>
/// <param name="Name">As <c>DISPLAY</c> or <c>WAYLAND_DISPLAY</c> has it; null with <see cref="DisplayKind.None"/>, or where Wayland's is to be found.</param>
/// <param name="Reason">For people: <c>doctor</c> and <c>status</c> show it.</param>
public sealed record DisplayChoice(DisplayKind Kind, string? Name, string Reason)
{
    const string Wayland = "wayland", X11 = "x11";

    /// <summary>
    /// What the environment names is a decision, and no other display is taken in its place: of the two it may name, the one that
    /// answers. Where it names none, the first that was found.
    /// </summary>
    public static DisplayChoice Of(DisplayFacts facts)
    {
        var ordered = facts.Candidates.OrderBy(candidate => candidate.Kind != Preferred(facts)).ToList();
        if (ordered.Count == 0)
            return new(DisplayKind.None, null, "no display: neither DISPLAY nor WAYLAND_DISPLAY is set, and this user has no display server that answers. It is looked for every 2 s");

        var chosen = ordered.FirstOrDefault(candidate => candidate.Listens, ordered[0]);
        var how = chosen.Named ? $"{Variable(chosen.Kind)}={chosen.Name}" : $"found {chosen.Name}, since neither DISPLAY nor WAYLAND_DISPLAY is set";
        return new(chosen.Kind, chosen.Name, chosen switch
        {
            { Listens: false } => $"{how}, which does not answer. It is tried again every 2 s",
            _ when chosen != ordered[0] => $"{how}; {Variable(ordered[0].Kind)}={ordered[0].Name} does not answer",
            _ => how,
        });
    }

    // A Wayland session often offers an X server besides (Xwayland), which shows X clients only: so Wayland wins unless the session says x11.
    static DisplayKind Preferred(DisplayFacts facts) =>
        facts.SessionType == X11 ? DisplayKind.X11
        : facts.SessionType == Wayland || facts.Candidates.Any(candidate => candidate.Kind == DisplayKind.Wayland) ? DisplayKind.Wayland
        : DisplayKind.X11;

    static string Variable(DisplayKind kind) => kind == DisplayKind.Wayland ? "WAYLAND_DISPLAY" : "DISPLAY";
}
