using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>
/// The Node's one icon in the notification area: balloons come from it (Windows 10 and 11 show them as toasts), and the
/// tray icon is it. Without a tray icon it is there only while a balloon is.
/// </summary>
[SupportedOSPlatform("windows")]
sealed unsafe class NotificationIcon : IDisposable
{
    const uint Callback = User32.App + 2;
    const uint IconId = 1;
    const string Name = "Sophon Node";

    readonly MessageWindow messages;
    readonly uint taskbarCreated = User32.RegisterWindowMessage("TaskbarCreated");
    IconHandle? image;
    bool shown;
    (TrayState State, string Tip)? tray;

    public NotificationIcon() => messages = new MessageWindow(OnMessage);

    /// <summary>The person chose the icon by mouse or keyboard; on the icon's thread, with the window that a menu needs and the place.</summary>
    public event Action<nint, ScreenPoint>? Chosen;

    /// <summary>Shows it until <see cref="HideAsync"/>.</summary>
    public Task ShowAsync(TrayState state, string tip) => messages.InvokeAsync(window =>
    {
        tray = (state, tip);
        Apply(window);
        return true;
    });

    public Task HideAsync() => messages.InvokeAsync(window =>
    {
        tray = null;
        Remove(window);
        return true;
    });

    /// <summary>Shows a balloon; returns when the shell has taken it.</summary>
    /// <param name="title">At most 63 characters; the rest is cut.</param>
    /// <param name="message">At most 255 characters; the rest is cut.</param>
    public Task BalloonAsync(string title, string message) => messages.InvokeAsync(window =>
    {
        if (!shown) Apply(window);
        var data = Describe(window, Shell32.HasInfo);
        FixedText.Copy(title, data.InfoTitle, NotifyIconData.TitleCapacity);
        // An empty text would hide the balloon.
        FixedText.Copy(message.Length > 0 ? message : " ", data.Info, NotifyIconData.InfoCapacity);
        data.InfoFlags = Shell32.InfoIcon;
        return Shell32.NotifyIcon(Shell32.Modify, data) ? true : throw NoShell();
    });

    public void Dispose()
    {
        try
        {
            HideAsync().Wait(TimeSpan.FromSeconds(2));
        }
        catch (AggregateException)
        {
            // The shell drops the icon of a window that is gone.
        }

        messages.Dispose();
        image?.Dispose();
    }

    void Apply(nint window)
    {
        var (state, tip) = tray ?? (TrayState.Online, Name);
        var former = image;
        image = Draw(state);
        var data = Describe(window, Shell32.HasIcon | Shell32.HasTip | Shell32.HasMessage | Shell32.ShowTip);
        FixedText.Copy(tip, data.Tip, NotifyIconData.TipCapacity);
        var taken = Shell32.NotifyIcon(shown ? Shell32.Modify : Shell32.Add, data);
        former?.Dispose();
        if (!taken) throw NoShell();
        if (!shown) Shell32.NotifyIcon(Shell32.SetVersion, data);
        shown = true;
    }

    void Remove(nint window)
    {
        if (!shown) return;
        Shell32.NotifyIcon(Shell32.Delete, Describe(window, 0));
        shown = false;
    }

    bool OnMessage(uint message, nint wParam, nint lParam)
    {
        if (message == taskbarCreated)
        {
            // Explorer crashed and came back, without our icon.
            shown = false;
            if (tray is not null) _ = messages.InvokeAsync(window => Reapply(window));
            return true;
        }

        if (message != Callback) return false;
        switch ((uint)lParam & 0xFFFF)
        {
            case Shell32.Selected or Shell32.KeySelected or User32.ContextMenu:
                // Version 4: the place comes in wParam.
                var place = new ScreenPoint((short)(wParam & 0xFFFF), (short)((wParam >> 16) & 0xFFFF));
                _ = messages.InvokeAsync(window =>
                {
                    Chosen?.Invoke(window, place);
                    return true;
                });
                break;
            case Shell32.BalloonHidden or Shell32.BalloonTimedOut or Shell32.BalloonClicked when tray is null:
                _ = messages.InvokeAsync(window =>
                {
                    Remove(window);
                    return true;
                });
                break;
        }

        return true;
    }

    bool Reapply(nint window)
    {
        Apply(window);
        return true;
    }

    NotifyIconData Describe(nint window, uint flags) => new()
    {
        Size = (uint)sizeof(NotifyIconData),
        Window = window,
        Id = IconId,
        Flags = flags,
        CallbackMessage = Callback,
        Icon = image?.DangerousGetHandle() ?? 0,
        Version = Shell32.Version4,
    };

    static IconHandle Draw(TrayState state)
    {
        int width = User32.GetSystemMetrics(User32.SmallIconWidth), height = User32.GetSystemMetrics(User32.SmallIconHeight);
        // The mask is for displays without transparency; rows are padded to 16 bits.
        var mask = new byte[(width + 15) / 16 * 2 * height];
        var icon = User32.CreateIcon(0, width, height, 1, 32, mask, TrayGlyph.Render(state, width, height));
        return icon.IsInvalid ? throw WindowsErrors.Last("Windows did not make the tray icon") : icon;
    }

    static UnsupportedException NoShell() =>
        new("Windows shows no notification area here: Explorer does not run in this session (a kiosk, or Windows Server without desktop experience).");
}
