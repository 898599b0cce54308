namespace Sophon.Node.Platform.Processes;

/// <summary>What installs programs on this machine.</summary>
/// <param name="Program">As it is called, e.g. <c>apt-get</c>.</param>
/// <param name="Shown">As people type it, e.g. <c>apt</c>.</param>
/// <param name="Arguments">Before the packages, without questions of its own.</param>
/// <param name="NeedsRoot">Through sudo for everybody else.</param>
public sealed record PackageManager(string Program, string Shown, IReadOnlyList<string> Arguments, bool NeedsRoot)
{
    static readonly PackageManager Apt = new("apt-get", "apt", ["install", "-y"], true);
    static readonly PackageManager Brew = new("brew", "brew", ["install"], false);

    static readonly PackageManager[] OfLinux =
    [
        Apt,
        new("dnf", "dnf", ["install", "-y"], true),
        new("pacman", "pacman", ["-S", "--needed", "--noconfirm"], true),
        Brew,
    ];

    /// <summary>The first that is installed; null where there is none.</summary>
    /// <param name="searchPath">The PATH to search; null: the Node's own.</param>
    public static PackageManager? Find(string? searchPath = null) =>
        (OperatingSystem.IsMacOS() ? [Brew] : OfLinux).FirstOrDefault(manager => ProgramPath.Find(manager.Program, searchPath: searchPath) is not null);

    /// <summary>What people are told to type.</summary>
    public string CommandFor(string tool) => $"{(NeedsRoot ? "sudo " : "")}{Shown} {Arguments[0]} {PackageOf(tool)}";

    /// <summary>The package that brings a helper.</summary>
    public string PackageOf(string tool) => HelperPackages.Find(Shown, tool);

    public static PackageManager Default => OperatingSystem.IsMacOS() ? Brew : Apt;
}
