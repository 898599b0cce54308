using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using Serilog;
using Sophon.Node.Actors;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Cli;
using Sophon.Node.Gateway;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows;
using Sophon.Node.Policy;

namespace Sophon.Node.Composition.Windows;

/// <summary>The Node in Windows' notification area while it runs in a person's session: its state, pause and resume, the Dashboard, quit.</summary>
[SupportedOSPlatform("windows")]
sealed class TrayPresence : ITrayPresence
{
    readonly TrayIcon icon;
    readonly TrayView view;
    readonly ILogger log;

    TrayPresence(TrayIcon icon, TrayView view, ILogger log) => (this.icon, this.view, this.log) = (icon, view, log);

    /// <param name="quit">Ends the Node as Ctrl+C does.</param>
    /// <returns>Null where there is no notification area: a service's session.</returns>
    public static async Task<ITrayPresence?> ShowAsync(WindowsDesktop desktop, CliContext context, NodeIdentity identity, Action quit, ILogger log)
    {
        try
        {
            var icon = desktop.CreateTrayIcon();
            var view = new TrayView(GatewayAddress.Show(identity.GatewayUrl), PauseFile.Read(context.Home) is not null);
            icon.PauseChosen += () => Try(log, () => Pause(context));
            icon.ResumeChosen += () => Try(log, () => Resume(context));
            icon.OpenDashboardChosen += () => Try(log, () => Open(identity.GatewayUrl));
            icon.QuitChosen += quit;
            await icon.ShowAsync(view.State, view.Description);
            return new TrayPresence(icon, view, log);
        }
        catch (PlatformException error)
        {
            log.Information("No tray icon: {Reason}", error.Message);
            return null;
        }
    }

    public void On(NodeEvents.INodeEvent happened)
    {
        if (view.On(happened)) _ = UpdateAsync();
    }

    public ValueTask DisposeAsync() => icon.DisposeAsync();

    async Task UpdateAsync()
    {
        try
        {
            await icon.ShowAsync(view.State, view.Description);
        }
        catch (PlatformException error)
        {
            log.Warning("The tray icon can't be shown: {Reason}", error.Message);
        }
    }

    // As the verbs do it: the running Node sees the file within 2 s.
    static void Pause(CliContext context)
    {
        if (PauseFile.Read(context.Home) is not null) return;
        PauseFile.Write(context.Home, new Actors.Policy.Pause(DateTimeOffset.UtcNow, Environment.UserName));
        context.Record(new AuditEntry("paused") { By = $"tray {Environment.UserName}" });
    }

    static void Resume(CliContext context)
    {
        if (PauseFile.Read(context.Home) is null) return;
        PauseFile.Delete(context.Home);
        context.Record(new AuditEntry("resumed") { By = $"tray {Environment.UserName}" });
    }

    // The shell knows the person's browser; the address was checked when it was paired with.
    static void Open(Uri gateway) => Process.Start(new ProcessStartInfo(GatewayAddress.Show(gateway)) { UseShellExecute = true })?.Dispose();

    static void Try(ILogger log, Action choice)
    {
        try
        {
            choice();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Win32Exception)
        {
            log.Error("What was chosen in the tray's menu failed: {Reason}", error.Message);
        }
    }
}
