using System.Collections.Frozen;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Processes;

/// <summary>Which package brings a helper.</summary>
public static class HelperPackages
{
    /// <summary>Where the package is called otherwise than the helper: by Debian and Ubuntu, Fedora, Arch.</summary>
    static readonly FrozenDictionary<string, (string Apt, string Dnf, string Pacman)> Packages = new Dictionary<string, (string, string, string)>
    {
        ["notify-send"] = ("libnotify-bin", "libnotify", "libnotify"),
        ["xprop"] = ("x11-utils", "xprop", "xorg-xprop"),
        ["xwininfo"] = ("x11-utils", "xwininfo", "xorg-xwininfo"),
        ["xrandr"] = ("x11-xserver-utils", "xrandr", "xorg-xrandr"),
        ["xmodmap"] = ("x11-xserver-utils", "xmodmap", "xorg-xmodmap"),
        ["setxkbmap"] = ("x11-xkb-utils", "setxkbmap", "xorg-setxkbmap"),
        ["xkbcomp"] = ("x11-xkb-utils", "xkbcomp", "xorg-xkbcomp"),
        ["wl-copy"] = ("wl-clipboard", "wl-clipboard", "wl-clipboard"),
        ["wl-paste"] = ("wl-clipboard", "wl-clipboard", "wl-clipboard"),
        ["swaymsg"] = ("sway", "sway", "sway"),
        ["secret-tool"] = ("libsecret-tools", "libsecret", "libsecret"),
    }.ToFrozenDictionary();

    /// <param name="manager">apt, dnf, pacman or brew.</param>
    public static string Find(string manager, string tool) => !Packages.TryGetValue(tool, out var names) ? tool : manager switch
    {
        "dnf" => names.Dnf,
        "pacman" => names.Pacman,
        _ => names.Apt,
    };

    /// <summary>E.g. <c>sudo apt install wl-clipboard</c> for <c>wl-copy</c>, with the manager that this machine has.</summary>
    public static string InstallCommand(string tool) =>
        tool == "cliclick" ? $"brew install {tool}" : (PackageManager.Find() ?? PackageManager.Default).CommandFor(tool);

    public static ToolMissingException Missing(string tool) => new(tool, InstallCommand(tool));
}
