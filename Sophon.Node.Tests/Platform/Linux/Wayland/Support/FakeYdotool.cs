using System.Net.Sockets;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Linux.Wayland.Tools.Ydotool;

namespace Sophon.Node.Tests.Platform.Linux.Wayland.Support;

/// <summary>
/// Stands in for ydotool, which needs a kernel with uinput: writes its arguments down, and does on a real sway, through swaymsg and wtype,
/// what the real one would do through the kernel.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class FakeYdotool : IDisposable
{
    const char Separator = '\u001f';

    // One folder on PATH for the whole run: each sway has its own log and its own generation, by its runtime folder.
    static readonly Lazy<string> Program = new(Install);

    readonly SwayServer sway;
    readonly Socket? daemon;

    FakeYdotool(SwayServer sway, bool isClassic)
    {
        _ = Program.Value;
        this.sway = sway;
        File.WriteAllText(sway.File("ydotool-help"), isClassic
            ? "Usage: ydotool <cmd> <args>\nAvailable commands:\n  type\n  recorder\n  mousemove\n  key\n  click\n"
            : "Usage: ydotool <cmd> <args>\nAvailable commands:\n  click\n  mousemove\n  type\n  key\n  debug\n  bakers\n  stdin\n");
        if (isClassic) return;
        daemon = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        daemon.Bind(new UnixDomainSocketEndPoint(sway.File("ydotool.socket")));
    }

    /// <summary>ydotool 1.0 with its daemon running.</summary>
    public static FakeYdotool Modern(SwayServer sway) => new(sway, isClassic: false);

    /// <summary>ydotool 0.1.8 without a daemon.</summary>
    public static FakeYdotool Classic(SwayServer sway) => new(sway, isClassic: true);

    internal YdotoolSetup Setup(string uinput = "/nowhere/uinput") => new(uinput, [sway.File("ydotool.socket")]);

    /// <summary>Its argument lists, questions for help left out.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Calls =>
        [.. File.ReadAllLines(sway.File("ydotool.log")).Select(line => line.TrimEnd(Separator).Split(Separator)).Where(call => call[0] != "--help")];

    /// <summary>What it was given to type.</summary>
    public string Typed => File.ReadAllText(sway.File("ydotool.typed"));

    public void Dispose() => daemon?.Dispose();

    static string Install()
    {
        var folder = Directory.CreateTempSubdirectory("sophon-test-ydotool-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var program = Path.Combine(folder, "ydotool");
        File.WriteAllText(program, Script);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{folder}:{Environment.GetEnvironmentVariable("PATH")}");
        return program;
    }

    const string Script = """
        #!/bin/sh
        for argument in "$@"; do printf '%s\037' "$argument"; done >> "$XDG_RUNTIME_DIR/ydotool.log"
        echo >> "$XDG_RUNTIME_DIR/ydotool.log"
        cursor() { swaymsg -q seat seat0 cursor "$@"; }
        several() { count=$1; shift; while [ "$count" -gt 0 ]; do "$@"; count=$((count - 1)); done; }
        # A wheel step is dispatched by press and by release alike, so the wheel is only pressed.
        press() { cursor press "$1" && cursor release "$1"; }
        command=$1
        [ $# -gt 0 ] && shift
        case $command in
        --help) cat "$XDG_RUNTIME_DIR/ydotool-help"; exit 1;;
        type) cat > "$XDG_RUNTIME_DIR/ydotool.typed";;
        mousemove)
            case $1 in
            --wheel)
                if [ "$5" -lt 0 ]; then several $((-$5)) cursor press button5; else several "$5" cursor press button4; fi
                if [ "$3" -lt 0 ]; then several $((-$3)) cursor press button6; else several "$3" cursor press button7; fi;;
            --absolute) cursor set "$3" "$5";;
            *) cursor set "$1" "$2";;
            esac;;
        click)
            repeat=1
            [ "$1" = --repeat ] && { repeat=$2; shift 2; }
            [ "$1" = --delay ] && shift 2
            case $1 in 0xC0|1) button=button1;; 0xC1|2) button=button3;; *) button=button2;; esac
            several "$repeat" press $button;;
        key)
            shifted=; set -- "$@" --
            while [ "$1" != -- ]; do
                case $1 in
                29:1) set -- "$@" -M ctrl;; 29:0) set -- "$@" -m ctrl;;
                42:1) set -- "$@" -M shift; shifted=5;; 42:0) set -- "$@" -m shift;;
                30:1) set -- "$@" -k a;; 46:1) set -- "$@" -k c;; 16:1) set -- "$@" -k "U00${shifted:-7}1";;
                28:1) set -- "$@" -k Return;; 15:1) set -- "$@" -k Tab;; 1:1) set -- "$@" -k Escape;;
                63:1) set -- "$@" -k F5;; 103:1) set -- "$@" -k Up;; 105:1) set -- "$@" -k Left;;
                *:0) ;;
                *) exit 3;;
                esac
                shift
            done
            shift
            wtype -s 200 "$@";;
        *) exit 2;;
        esac
        """;
}
