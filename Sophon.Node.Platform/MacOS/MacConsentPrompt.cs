using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Platform.MacOS;

/// <summary>
/// A dialog of System Events by osascript. The script is fixed and comes through standard input; the text is data, in the arguments.
/// Whatever is not one of the two yes buttons is a no: the default button, Escape, a failure.
/// </summary>
[SupportedOSPlatform("macos")]
public sealed class MacConsentPrompt : IConsentPrompt
{
    const string Once = "Run once", TenMinutes = "Allow for 10 minutes", Deny = "Deny";

    const string Script = """
        on run argv
          set choices to items 3 thru -1 of argv
          tell application "System Events"
            activate
            set answer to display dialog (item 2 of argv) with title (item 1 of argv) buttons choices default button 1 cancel button 1 with icon caution
          end tell
          return button returned of answer
        end run
        """;

    readonly HelperRunner runner = new(new Dictionary<string, string?>());

    public async Task<ConsentAnswer> AskAsync(ConsentQuestion question, CancellationToken cancellationToken)
    {
        var result = await runner.TryRunAsync(
            "osascript",
            ["-", question.Title, question.BriefText, Deny, Once, .. question.OffersTenMinutes ? (string[])[TenMinutes] : []],
            System.Text.Encoding.UTF8.GetBytes(Script), cancellationToken);
        return result.Text.Trim() switch
        {
            Once => ConsentAnswer.Once,
            TenMinutes when question.OffersTenMinutes => ConsentAnswer.ForTenMinutes,

            // osascript ends with 1 for the cancel button and for a session without a desktop alike.
            "" when result.ExitCode is not (0 or 1) => throw result.ToException(),
            _ => ConsentAnswer.Deny,
        };
    }
}
