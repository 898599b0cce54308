using System.Text;
using Sophon.Node.Platform.Linux.Wayland.Sway;
using Sophon.Node.Platform.Linux.Wayland.Tools.Ydotool;
using Sophon.Node.Platform.Linux.Wayland.Wlroots.Keyboard;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Wayland.Tools;

/// <summary>
/// Text by wtype, which types anything on any layout; without it by ydotool as far as that goes: the characters of a US keyboard, while
/// the layout is known to be US. Keys and chords by ydotool where it can work, by wtype else.
/// </summary>
sealed class ToolsKeyboard(WaylandHelpers helpers, ISwayIpc sway, YdotoolSetup setup) : IKeyboard
{
    // sway's name of the us layout (xkeyboard-config's description of it).
    const string UsLayout = "English (US)";

    public async Task TypeAsync(string text, CancellationToken cancellationToken)
    {
        var keys = TypingPlan.Read(text);
        if (HasWtype)
        {
            await helpers.RunAsync("wtype", Wtype.TypeStandardInput, cancellationToken, Wtype.Input(text));
            return;
        }

        var commands = await setup.PrepareAsync(helpers, cancellationToken);
        if (keys.Any(key => key.Character is { } character && KeyTable.Find(character) is null) || !await IsUsLayoutAsync(cancellationToken))
            throw HelperPackages.Missing("wtype");
        await helpers.RunAsync("ydotool", commands.TypeStandardInput, cancellationToken, Encoding.ASCII.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal)));
    }

    public async Task PressAsync(KeyChord chord, CancellationToken cancellationToken)
    {
        YdotoolCommands commands;
        try
        {
            commands = await setup.PrepareAsync(helpers, cancellationToken);
        }
        catch (Exception exception) when (HasWtype && exception is ToolMissingException or UnsupportedException)
        {
            await helpers.RunAsync("wtype", Wtype.Press(chord), cancellationToken);
            return;
        }

        await helpers.RunAsync("ydotool", commands.Press(chord), cancellationToken);
    }

    static bool HasWtype => ProgramPath.Find("wtype") is not null;

    async Task<bool> IsUsLayoutAsync(CancellationToken cancellationToken) =>
        (await sway.AskAsync(SwayMessage.GetInputs, "", cancellationToken)).EnumerateArray()
            .Where(input => input.GetProperty("type").GetString() == "keyboard")
            .All(input => input.GetProperty("xkb_active_layout_name").GetString() == UsLayout);
}
