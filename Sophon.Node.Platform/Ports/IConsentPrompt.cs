namespace Sophon.Node.Platform.Ports;

/// <summary>Asks the person at the desktop whether something may be done.</summary>
public interface IConsentPrompt
{
    /// <summary>Shows one question and waits for its answer. Whatever is no clear yes is a no; so is the key that happens to be pressed when it appears.</summary>
    /// <param name="cancellationToken">Takes the question off the screen.</param>
    /// <exception cref="ToolMissingException">There is no program to ask with.</exception>
    /// <exception cref="DisplayUnavailableException">There is no desktop to ask on.</exception>
    /// <exception cref="ActionFailedException">The question could not be shown.</exception>
    /// <exception cref="OperationCanceledException">The question is off the screen.</exception>
    Task<ConsentAnswer> AskAsync(ConsentQuestion question, CancellationToken cancellationToken);
}

public enum ConsentAnswer { Deny, Once, ForTenMinutes }

/// <param name="Title">One line.</param>
/// <param name="Text">Plain text, whole: for a window that scrolls, and that takes it where no other user can read it.</param>
/// <param name="BriefText">Plain text that fits a message box and that may be seen in a process list: of what may be secret only lengths and hashes.</param>
/// <param name="OffersTenMinutes">Whether "for 10 minutes" is offered besides "once".</param>
public sealed record ConsentQuestion(string Title, string Text, string BriefText, bool OffersTenMinutes);
