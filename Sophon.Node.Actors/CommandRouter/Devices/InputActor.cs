using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.CommandRouter.Devices;

/// <summary><c>input.mouse.*</c> and <c>input.keyboard.*</c>: one queue, so that a click and the text after it keep their order.</summary>
sealed class InputActor(NodeServices services) : DeviceActor(services)
{
    IPointer Pointer => Services.Desktop.Pointer;

    IKeyboard Keyboard => Services.Desktop.Keyboard;

    protected override async Task<DeviceAnswer> RunAsync(AdmittedCommand command, Action<bool, string> output, CancellationToken cancellationToken)
    {
        var arguments = command.Arguments;
        await (command.Definition.Name switch
        {
            "input.mouse.move" => Pointer.MoveAsync(await PointAsync(arguments, cancellationToken), cancellationToken),
            "input.mouse.click" => Pointer.ClickAsync(
                await PointAsync(arguments, cancellationToken), ButtonOf(arguments.Text("button")), arguments.Boolean("doubleClick") ? 2 : 1, cancellationToken),
            "input.mouse.scroll" => Pointer.ScrollAsync(
                await PointAsync(arguments, cancellationToken), arguments.Integer("deltaX"), arguments.Integer("deltaY"), cancellationToken),
            "input.keyboard.type" => Keyboard.TypeAsync(arguments.Text("text"), cancellationToken),
            "input.keyboard.press" => Keyboard.PressAsync(KeyOf(arguments.Text("keys")), cancellationToken),
            "input.keyboard.hotkey" => Keyboard.PressAsync(HotkeyOf(arguments), cancellationToken),
            _ => throw new UnsupportedException($"Input has no command {command.Definition.Name}."),
        });
        return Answers.Empty;
    }

    async Task<ScreenPoint> PointAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var point = new ScreenPoint(arguments.Integer("x"), arguments.Integer("y"));
        var layout = await Services.Desktop.Screen.GetMonitorsAsync(cancellationToken);
        return layout.Contains(point)
            ? point
            : throw new InvalidInputException($"The point {point} lies on no monitor: {layout.Describe()}.");
    }

    static PointerButton ButtonOf(string name) => Enum.Parse<PointerButton>(name, ignoreCase: true);

    static KeyChord KeyOf(string text) =>
        KeyChord.TryParseKey(text, out var chord, out var error) ? chord : throw new InvalidInputException($"keys: {error}");

    static KeyChord HotkeyOf(CommandArguments arguments)
    {
        var keys = arguments.IsSingleText("keys") ? KeyChord.Split(arguments.Texts("keys")[0]) : arguments.Texts("keys");
        return KeyChord.TryParseHotkey(keys, out var chord, out var error) ? chord : throw new InvalidInputException($"keys: {error}");
    }
}
