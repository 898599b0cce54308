using Sophon.Node.Tests.Support;
using Sophon.Node.Tests.Support.X11;

namespace Sophon.Node.Tests.Platform.Windows.Wine;

/// <summary>Windows, running on an X server of its own, from the first program to <c>wineserver -k</c>.</summary>
public sealed class WineSession : IAsyncDisposable
{
    /// <summary>
    /// Under Wine 8 the .NET runtime dies when it frees a dynamic method (DynamicResolver.DestroyScout) while its code pages
    /// are mapped twice, as W^X does. Windows has no such trouble.
    /// </summary>
    public const string WriteXorExecute = "DOTNET_EnableWriteXorExecute";

    readonly WinePrefix prefix;
    readonly IReadOnlyDictionary<string, string?> variables;
    readonly List<TestProcess> running = [];

    WineSession(WinePrefix prefix, XvfbServer server)
    {
        this.prefix = prefix;
        Server = server;
        variables = new Dictionary<string, string?>
        {
            ["DISPLAY"] = server.Display,
            ["WINEPREFIX"] = prefix.Path,
            ["WINEDEBUG"] = "-all",
            [WriteXorExecute] = "0",
            ["LC_ALL"] = "C.UTF-8",
        };
    }

    public XvfbServer Server { get; }

    public static async Task<WineSession> StartAsync(WinePrefix prefix, bool windowManager) =>
        new(prefix, await XvfbServer.StartAsync(windowManager: windowManager));

    /// <summary>A path of this machine as Windows sees it.</summary>
    public static string WindowsPath(string path) => "Z:" + path.Replace('/', '\\');

    /// <summary>Runs to the end; any exit code but 0 fails the test. What it writes goes to a file, see <see cref="Command"/>.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        var output = prefix.File(Path.GetRandomFileName());
        await TestProcess.RunAsync("sh", Command(output, command), variables, TimeSpan.FromMinutes(3));
        return await File.ReadAllTextAsync(output);
    }

    /// <summary>Starts a program.</summary>
    /// <returns>The file that it writes to.</returns>
    public string Start(IReadOnlyDictionary<string, string?>? more, params string[] command)
    {
        var output = prefix.File(Path.GetRandomFileName());
        var all = new Dictionary<string, string?>(variables);
        foreach (var (name, value) in more ?? new Dictionary<string, string?>()) all[name] = value;
        running.Add(TestProcess.Start("sh", Command(output, command), all));
        return output;
    }

    /// <summary>Starts the driver in one of its roles.</summary>
    public Task<WineDriver> StartDriverAsync(string role, params string[] arguments) => StartDriverAsync([], role, arguments);

    /// <summary>Starts it on a desktop with a taskbar, in a window that fills the screen.</summary>
    public Task<WineDriver> StartDriverWithTaskbarAsync(string role) =>
        StartDriverAsync(["explorer", $"/desktop=tests,{Server.Width}x{Server.Height}"], role, []);

    async Task<WineDriver> StartDriverAsync(string[] launcher, string role, string[] arguments)
    {
        var program = Path.Combine(await WinePrefix.PublishAsync("Sophon.Node.Tests/Wine/Driver"), "wine-driver.exe");
        var portFile = prefix.File(Path.GetRandomFileName());
        var output = Start(null, [.. launcher, WindowsPath(program), role, WindowsPath(portFile), .. arguments]);
        var process = running[^1];
        await Eventually.TrueAsync(() => File.Exists(portFile) || process.HasExited, $"the driver ({role}) listens", TimeSpan.FromSeconds(60));
        return File.Exists(portFile)
            ? new WineDriver(int.Parse(await File.ReadAllTextAsync(portFile), System.Globalization.CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"The driver ({role}) ended: {await File.ReadAllTextAsync(output)}");
    }

    /// <summary>What services get: they inherit nothing from us. Takes effect when Windows starts the next time.</summary>
    public Task SetMachineVariableAsync(string name, string value) =>
        RunAsync("reg", "add", @"HKLM\System\CurrentControlSet\Control\Session Manager\Environment", "/v", name, "/d", value, "/f");

    public Task RemoveMachineVariableAsync(string name) =>
        RunAsync("reg", "delete", @"HKLM\System\CurrentControlSet\Control\Session Manager\Environment", "/v", name, "/f");

    /// <summary>Ends every program of this prefix, and of no other. The next one starts Windows again.</summary>
    public Task ShutDownAsync() => TestProcess.RunAsync("sh", ["-c", "wineserver -k; wineserver -w"], variables);

    public async ValueTask DisposeAsync()
    {
        await ShutDownAsync();
        foreach (var process in running) await process.DisposeAsync();
        await Server.DisposeAsync();
    }

    // Wine's own processes stay, and would keep a pipe open.
    static string[] Command(string output, string[] command) => ["-c", "output=$1; shift; exec wine \"$@\" > \"$output\" 2>&1", "sh", output, .. command];
}
