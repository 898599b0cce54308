using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Tests.Platform;

/// <summary>A living desktop for <see cref="DesktopContract"/>, with eyes of its own: what it sees does not come through the ports.</summary>
public interface IDesktopFixture : IAsyncDisposable
{
    IDesktop Desktop { get; }

    /// <summary>The whole screen in physical pixels.</summary>
    ScreenRectangle Screen { get; }

    /// <summary>Covers the screen with <paramref name="picture"/>, pixel for pixel, and returns when it is shown.</summary>
    Task ShowPictureAsync(PixelImage picture);

    /// <summary>Watches pointer buttons on the bare screen.</summary>
    Task<IClickWitness> WatchClicksAsync();

    /// <summary>Opens a terminal that has the keyboard and writes down what is typed.</summary>
    Task<ITypingWitness> OpenTerminalAsync(string title);

    /// <summary>A program with one window, to launch.</summary>
    (string Path, string[] Arguments, string Title) Program => ("/usr/bin/zenity", ["--entry", "--title", "launched"], "launched");

    /// <summary>The process is there, if only as a zombie.</summary>
    Task<bool> IsThereAsync(int processId) => Task.FromResult(Directory.Exists($"/proc/{processId}"));
}

public interface IClickWitness : IAsyncDisposable
{
    /// <summary>Every press so far, in order: button (left, middle, right; wheel steps by name) and where.</summary>
    Task<IReadOnlyList<(string Button, ScreenPoint Point)>> WaitForPressesAsync(int count);
}

public interface ITypingWitness : IAsyncDisposable
{
    int ProcessId { get; }

    void Clear();

    /// <summary>What arrived once it is as long as <paramref name="expected"/>, or no more comes; Enter is <c>\n</c>.</summary>
    Task<string> ReadAsync(string expected);
}
