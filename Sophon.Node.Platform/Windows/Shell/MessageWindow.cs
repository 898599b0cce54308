using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>A hidden window with a thread and a message loop of its own, for what talks to a program by messages.</summary>
[SupportedOSPlatform("windows")]
sealed class MessageWindow : IDisposable
{
    const string ClassName = "SophonNodeMessages";
    const uint RunQueued = User32.App + 1;

    static readonly Lazy<ushort> Class = new(Register);

    readonly ConcurrentQueue<Action> queued = new();
    readonly TaskCompletionSource<nint> created = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Func<uint, nint, nint, bool> onMessage;
    readonly Thread thread;

    /// <param name="onMessage">Called on the window's thread with the message and its two parameters; true when it is dealt with.</param>
    public MessageWindow(Func<uint, nint, nint, bool> onMessage)
    {
        this.onMessage = onMessage;
        thread = new Thread(Loop) { IsBackground = true, Name = "Windows messages" };
        thread.SetApartmentState(ApartmentState.STA);
        thread.Start();
    }

    /// <summary>Runs on the window's thread.</summary>
    /// <param name="action">Is given the window's handle.</param>
    public async Task<T> InvokeAsync<T>(Func<nint, T> action)
    {
        var window = await created.Task;
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queued.Enqueue(() =>
        {
            try
            {
                done.SetResult(action(window));
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        if (!User32.PostMessage(window, RunQueued, 0, 0)) throw WindowsErrors.Last("The message window is gone");
        return await done.Task;
    }

    public void Dispose()
    {
        if (created.Task is { IsCompletedSuccessfully: true, Result: var window }) User32.PostMessage(window, User32.Close, 0, 0);
        if (Thread.CurrentThread != thread) thread.Join(TimeSpan.FromSeconds(2));
    }

    void Loop()
    {
        var self = GCHandle.Alloc(this);
        try
        {
            _ = Class.Value;
            // A top-level window, though it is never shown: message-only ones miss the broadcast that the taskbar came back.
            var window = User32.CreateWindow(0, ClassName, null, 0, 0, 0, 0, 0, 0, 0, Kernel32.GetModuleHandle(null), 0);
            if (window == 0) throw WindowsErrors.Last("Windows gave no window for messages");
            User32.SetWindowLong(window, User32.UserData, GCHandle.ToIntPtr(self));
            created.SetResult(window);
            while (User32.GetMessage(out var message, 0, 0, 0) > 0) User32.DispatchMessage(message);
        }
        catch (Exception exception)
        {
            created.TrySetException(exception);
        }
        finally
        {
            self.Free();
        }
    }

    static unsafe ushort Register()
    {
        fixed (char* name = ClassName)
        {
            var description = new WindowClass { Size = (uint)sizeof(WindowClass), Procedure = &Procedure, Instance = Kernel32.GetModuleHandle(null), Name = name };
            var atom = User32.RegisterClass(description);
            return atom != 0 ? atom : throw WindowsErrors.Last("Windows did not register the window class for messages");
        }
    }

    [UnmanagedCallersOnly]
    static nint Procedure(nint window, uint message, nint wParam, nint lParam)
    {
        // No exception may leave: there is no managed caller that could catch it.
        try
        {
            if (message == User32.Destroy) User32.PostQuitMessage(0);
            else if (User32.GetWindowLong(window, User32.UserData) is not 0 and var handle && ((MessageWindow)GCHandle.FromIntPtr(handle).Target!).Handle(message, wParam, lParam)) return 0;
        }
        catch (Exception exception)
        {
            System.Diagnostics.Trace.TraceError(exception.ToString());
        }

        return User32.DefaultProcedure(window, message, wParam, lParam);
    }

    bool Handle(uint message, nint wParam, nint lParam)
    {
        if (message != RunQueued) return onMessage(message, wParam, lParam);
        while (queued.TryDequeue(out var action)) action();
        return true;
    }
}
