using System.Globalization;
using Sophon.Node.Platform.Linux.Consent;

namespace Sophon.Node.Tests.Support.X11;

/// <summary>The person in front of a consent dialog.</summary>
public sealed class DialogWitness(XvfbServer server)
{
    const string Title = "Sophon Node";

    /// <summary>Pixels from the window's right edge to the middle of a button, as the dialog lays them out in the test's font; the bottom is 25 away.</summary>
    public const int TenMinutes = 96, Once = 240, Deny = 345, Close = 450, OnceAlone = 58;

    public LinuxConsentPrompt Prompt(string tool = "zenity") => new(server.Variables, installed => installed == tool);

    public async Task<string> WaitAsync()
    {
        await Eventually.TrueAsync(async () => (await FindAsync()).Length > 0, "the question is on the screen", TimeSpan.FromSeconds(40));
        return await FindAsync();
    }

    public Task WaitUntilGoneAsync() => Eventually.TrueAsync(async () => (await FindAsync()).Length == 0, "the question is off the screen");

    public async Task ClickAsync(int fromRight)
    {
        var facts = (await server.RunAsync("xdotool", "getwindowgeometry", "--shell", await WaitAsync())).Split('\n')
            .Select(line => line.Split('=')).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        int Number(string name) => int.Parse(facts[name], CultureInfo.InvariantCulture);
        var (x, y) = (Number("X") + Number("WIDTH") - fromRight, Number("Y") + Number("HEIGHT") - 25);
        await server.RunAsync("xdotool", "mousemove", $"{x}", $"{y}", "click", "1");
    }

    /// <summary>A key, as if the person had been typing when the window appeared.</summary>
    public async Task PressAsync(string key)
    {
        await server.RunAsync("xdotool", "windowfocus", "--sync", await WaitAsync());
        await server.RunAsync("xdotool", "key", key);
    }

    async Task<string> FindAsync() => (await server.RunAsync("sh", "-c", $"xdotool search --onlyvisible --name '{Title}' || true")).Split('\n')[0].Trim();
}
