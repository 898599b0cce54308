using System.Text;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Tests.EndToEnd.Windows;
using Sophon.Node.Tests.Platform;
using Sophon.Node.Tests.Platform.Linux;
using Sophon.Node.Tests.Platform.Linux.Wayland;
using Sophon.Node.Tests.Platform.Linux.Wayland.Portal;
using Sophon.Node.Tests.Platform.Linux.X11.Native;
using Sophon.Node.Tests.Platform.Linux.X11.Tools;
using Sophon.Node.Tests.Platform.Machine;
using Sophon.Node.Tests.Platform.Windows;

namespace Sophon.Node.Tests.Docs;

/// <summary>README's table command × desktop. What it calls proved names the test that proves it, and each test exists: they are the compiler's.</summary>
static class DesktopTable
{
    public const string Proved = "✔", Written = "written";

    static readonly string[] Columns = ["X11 native", "X11 tools", "sway native", "sway tools", "GNOME", "KDE", "Windows", "macOS"];

    static readonly (string Command, string Check)[] Contract =
    [
        ("screen.capture", nameof(DesktopContract.Capture_should_show_every_pixel_of_the_screen)),
        ("screen.region", nameof(DesktopContract.Capture_should_crop_to_the_pixel)),
        ("screen.monitors", nameof(DesktopContract.Monitors_should_cover_the_screen_and_have_one_primary)),
        ("input.mouse.move", nameof(DesktopContract.Click_should_land_on_the_exact_pixel_with_the_right_button)),
        ("input.mouse.click", nameof(DesktopContract.Click_should_land_on_the_exact_pixel_with_the_right_button)),
        ("input.mouse.scroll", nameof(DesktopContract.Scroll_should_turn_the_wheel_by_forty_pixels_a_step_and_keep_the_rest)),
        ("input.keyboard.type", nameof(DesktopContract.Typing_should_arrive_letter_for_letter)),
        ("input.keyboard.press", nameof(DesktopContract.Keys_should_reach_the_terminal_as_their_codes)),
        ("input.keyboard.hotkey", nameof(DesktopContract.Keys_should_reach_the_terminal_as_their_codes)),
        ("clipboard.read", nameof(DesktopContract.Clipboard_should_give_back_what_was_written)),
        ("clipboard.write", nameof(DesktopContract.Clipboard_should_carry_a_megabyte)),
        ("app.launch", nameof(DesktopContract.Application_should_be_launched_listed_and_closed)),
        ("app.close", nameof(DesktopContract.Application_should_be_launched_listed_and_closed)),
        ("app.focus", nameof(DesktopContract.Focus_should_raise_the_window_and_give_it_the_keyboard)),
        ("app.list", nameof(DesktopContract.Application_should_be_launched_listed_and_closed)),
        ("window.list", nameof(DesktopContract.Windows_should_be_listed_with_their_facts)),
        ("window.move", nameof(DesktopContract.Window_should_stand_where_it_was_moved)),
        ("window.minimize", nameof(DesktopContract.Window_should_be_minimised_maximised_and_restored)),
        ("window.maximize", nameof(DesktopContract.Window_should_be_minimised_maximised_and_restored)),
    ];

    /// <summary>What runs without a display is the same code on every system.</summary>
    static readonly (string Command, Type Class, string Check)[] Everywhere =
    [
        ("system.info", typeof(DotNetSystemSpecs), nameof(DotNetSystemSpecs.Info_should_tell_the_machine)),
        ("system.processes", typeof(DotNetSystemSpecs), nameof(DotNetSystemSpecs.Processes_should_be_filtered_by_name_and_led_by_the_largest)),
        ("system.execute", typeof(DotNetSystemSpecs), nameof(DotNetSystemSpecs.Program_should_run_with_what_it_was_given)),
        ("notify.show", typeof(NotifySendSpecs), nameof(NotifySendSpecs.Notification_should_reach_the_daemon_as_it_was_written)),
    ];

    static readonly (string Command, string Check)[] Gnome =
    [
        ("screen.capture", nameof(WaylandPortalDesktopSpecs.Still_should_show_what_the_shell_shows)),
        ("screen.region", nameof(WaylandPortalDesktopSpecs.Still_should_show_what_the_shell_shows)),
        ("screen.monitors", nameof(WaylandPortalDesktopSpecs.Still_should_show_what_the_shell_shows)),
        .. new[] { "input.mouse.move", "input.mouse.click", "input.mouse.scroll", "input.keyboard.type", "input.keyboard.press", "input.keyboard.hotkey" }
            .Select(command => (command, nameof(WaylandPortalDesktopSpecs.Pointer_and_keyboard_should_work_once_the_person_has_consented))),
    ];

    static readonly (string Command, Type Class, string Check)[] UnderWine =
    [
        ("system.info", typeof(WindowsSpecs), nameof(WindowsSpecs.Node_should_run_as_a_windows_service_and_stop_cleanly)),
        ("system.execute", typeof(WindowsSpecs), nameof(WindowsSpecs.Script_of_the_shell_should_be_refused_and_the_shell_itself_run)),
        ("notify.show", typeof(WindowsDesktopSpecs), nameof(WindowsDesktopSpecs.Balloon_and_tray_icon_should_be_taken_by_the_shell)),
    ];

    /// <summary>The tests behind every ✔.</summary>
    public static IEnumerable<(string Column, string Command, Type Class, string Check)> Proofs()
    {
        foreach (var (column, type) in new[]
        {
            ("X11 native", typeof(X11NativeContractSpecs)), ("X11 tools", typeof(X11ToolsContractSpecs)), ("sway native", typeof(WaylandNativeContractSpecs)),
            ("sway tools", typeof(WaylandToolsContractSpecs)), ("Windows", typeof(WindowsContractSpecs)),
        })
        {
            foreach (var (command, check) in Contract) yield return (column, command, type, check);
        }

        foreach (var (command, check) in Gnome) yield return ("GNOME", command, typeof(WaylandPortalDesktopSpecs), check);
        foreach (var column in new[] { "X11 native", "X11 tools", "sway native", "sway tools", "GNOME" })
        {
            foreach (var (command, type, check) in Everywhere) yield return (column, command, type, check);
        }

        foreach (var (command, type, check) in UnderWine) yield return ("Windows", command, type, check);
    }

    public static string Render()
    {
        var proved = Proofs().Select(proof => (proof.Column, proof.Command)).ToHashSet();
        var text = new StringBuilder($"| command | {string.Join(" | ", Columns)} |\n|{string.Concat(Enumerable.Repeat(" --- |", Columns.Length + 1))}\n");
        foreach (var command in CommandCatalog.All.Select(command => command.Name))
            text.Append($"| `{command}` | {string.Join(" | ", Columns.Select(column => proved.Contains((column, command)) ? Proved : Otherwise(column, command)))} |\n");
        return text.ToString();
    }

    static string Otherwise(string column, string command) =>
        command == "screen.queryElements" ? "– ¹"
        : column is "GNOME" or "KDE" && (command.StartsWith("window.", StringComparison.Ordinal) || command is "app.focus" or "app.list" or "app.close") ? "– ²"
        : Written;
}
