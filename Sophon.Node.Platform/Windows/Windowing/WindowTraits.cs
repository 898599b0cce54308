using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>What tells a window of an application from the many others.</summary>
/// <param name="Visible">WS_VISIBLE.</param>
/// <param name="Cloaked">Drawn nowhere: on another virtual desktop, or a suspended Store app.</param>
/// <param name="Style">WS_….</param>
/// <param name="ExtendedStyle">WS_EX_….</param>
/// <param name="Class">The window class.</param>
/// <param name="Title">As shown.</param>
readonly record struct WindowTraits(bool Visible, bool Cloaked, nint Style, nint ExtendedStyle, string Class, string Title)
{
    // The desktop, and the layer behind it that draws the wallpaper.
    static readonly string[] ShellClasses = ["Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd"];

    /// <summary>As the taskbar decides (shell documentation, "Managing Taskbar Buttons"), and dialogs, which have no button but a title.</summary>
    public bool BelongToApplication =>
        Visible && !Cloaked && !ShellClasses.Contains(Class)
        && (Has(WindowStyles.AppWindow) || !Has(WindowStyles.ToolWindow | WindowStyles.NoActivate))
        && (Title.Length > 0 || (Style & WindowStyles.Caption) == WindowStyles.Caption);

    bool Has(nint any) => (ExtendedStyle & any) != 0;
}
