namespace Sophon.Gateway.Dashboard.Settings.Devices.Pairing;

/// <summary>Where a command line is pasted on a machine.</summary>
static class Terminals
{
    public static string Of(string platform) => platform switch
    {
        "windows" => "PowerShell, as the user of the desktop",
        "macos" => "Terminal, as the user of the desktop",
        _ => "a terminal, as the user of the desktop",
    };

    /// <summary>What the desktop needs besides the Node; null where it needs nothing.</summary>
    public static string? Helpers(string platform) => platform switch
    {
        "macos" => "brew install cliclick",
        "linux" => "sudo apt install xdotool scrot xclip wmctrl",
        _ => null,
    };
}
