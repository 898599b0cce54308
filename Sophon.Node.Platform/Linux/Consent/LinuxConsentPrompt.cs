using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.Linux.Consent;

/// <summary>
/// zenity, else kdialog, on X11 and Wayland. Only what a dialog prints counts: both print the name of the choice that was made, and nothing
/// when they were closed, killed, or never had a display. So no failure can look like a yes.
/// </summary>
/// <param name="environment">DISPLAY, WAYLAND_DISPLAY and the like, over the Node's own.</param>
/// <param name="isInstalled">Whether a helper is there.</param>
public sealed class LinuxConsentPrompt(IReadOnlyDictionary<string, string?> environment, Func<string, bool> isInstalled) : IConsentPrompt
{
    const string Once = "Run once", TenMinutes = "Allow for 10 minutes", Deny = "Deny", Close = "Close";

    readonly HelperRunner runner = new(new Dictionary<string, string?>(environment) { ["LC_ALL"] = "C.UTF-8" });

    public LinuxConsentPrompt() : this(new Dictionary<string, string?>(), tool => ProgramPath.Find(tool) is not null) { }

    public async Task<ConsentAnswer> AskAsync(ConsentQuestion question, CancellationToken cancellationToken)
    {
        if (IsUnset("DISPLAY") && IsUnset("WAYLAND_DISPLAY"))
            throw new DisplayUnavailableException("there is no desktop: neither DISPLAY nor WAYLAND_DISPLAY is set where the Node was started");

        var result = isInstalled("zenity") ? await ZenityAsync(question, cancellationToken)
            : isInstalled("kdialog") ? await KDialogAsync(question, cancellationToken)
            : throw HelperPackages.Missing("zenity");
        return result.Text.Trim() switch
        {
            Once => ConsentAnswer.Once,
            TenMinutes when question.OffersTenMinutes => ConsentAnswer.ForTenMinutes,

            // 1 is "Close", Escape and the window's own button; zenity gives it without a display too, and then says why.
            "" when result.ExitCode is not (0 or 1) => throw result.ToException(),
            "" when result.ExitCode == 1 && result.Error.Length > 0 && !await HasDisplayAsync(result.Tool, cancellationToken) =>
                throw new DisplayUnavailableException($"{result.Tool} can't reach the desktop: {result.ToException().Message}"),
            _ => ConsentAnswer.Deny,
        };
    }

    // The text goes through standard input, where no process list shows it, into a view that scrolls and reads no markup.
    // The default button is Deny, so that a person who is typing when the window appears answers no.
    Task<HelperResult> ZenityAsync(ConsentQuestion question, CancellationToken cancellationToken) => runner.TryRunAsync(
        "zenity",
        [
            "--text-info", "--title", question.Title, "--width", "720", "--height", "480", "--ok-label", Deny, "--cancel-label", Close,
            "--extra-button", Once, .. question.OffersTenMinutes ? (string[])["--extra-button", TenMinutes] : [],
        ],
        System.Text.Encoding.UTF8.GetBytes(question.Text), cancellationToken);

    // Qt takes a text for markup when it looks like some: so it is markup, and everything in it escaped. The brief text, since kdialog reads no input.
    Task<HelperResult> KDialogAsync(ConsentQuestion question, CancellationToken cancellationToken) => runner.TryRunAsync(
        "kdialog",
        [
            "--title", question.Title, "--default", Deny,
            "--menu", $"<qt>{System.Net.WebUtility.HtmlEncode(question.BriefText).Replace("\n", "<br/>", StringComparison.Ordinal)}</qt>",
            Deny, Deny, Once, Once, .. question.OffersTenMinutes ? (string[])[TenMinutes, TenMinutes] : [],
        ],
        cancellationToken);

    // --version opens the display first, and shows nothing.
    async Task<bool> HasDisplayAsync(string tool, CancellationToken cancellationToken) =>
        (await runner.TryRunAsync(tool, ["--version"], cancellationToken)).Succeeded;

    bool IsUnset(string variable) =>
        string.IsNullOrEmpty(environment.TryGetValue(variable, out var given) ? given : Environment.GetEnvironmentVariable(variable));
}
