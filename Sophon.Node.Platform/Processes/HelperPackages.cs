using System.Collections.Frozen;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Processes;

/// <summary>Which package brings a helper (names of Debian and Ubuntu; cliclick's of Homebrew).</summary>
public static class HelperPackages
{
    static readonly FrozenDictionary<string, string> Packages = new Dictionary<string, string>
    {
        ["notify-send"] = "libnotify-bin",
        ["xprop"] = "x11-utils",
        ["xwininfo"] = "x11-utils",
        ["xrandr"] = "x11-xserver-utils",
        ["xmodmap"] = "x11-xserver-utils",
        ["setxkbmap"] = "x11-xkb-utils",
        ["xkbcomp"] = "x11-xkb-utils",
        ["wl-copy"] = "wl-clipboard",
        ["wl-paste"] = "wl-clipboard",
        ["swaymsg"] = "sway",
        ["secret-tool"] = "libsecret-tools",
    }.ToFrozenDictionary();

    /// <summary>E.g. <c>sudo apt install wl-clipboard</c> for <c>wl-copy</c>.</summary>
    public static string InstallCommand(string tool) =>
        OperatingSystem.IsMacOS() || tool == "cliclick" ? $"brew install {tool}" : $"sudo apt install {Packages.GetValueOrDefault(tool, tool)}";

    public static ToolMissingException Missing(string tool) => new(tool, InstallCommand(tool));
}
