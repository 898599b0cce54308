using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows.Native;

namespace Sophon.Node.Platform.Windows;

/// <summary>A message box on a thread of its own. Its buttons have fixed names, so the text says what each means; the default one is the no.</summary>
[SupportedOSPlatform("windows")]
public sealed class WindowsConsentPrompt : IConsentPrompt
{
    static readonly TimeSpan CloseAgain = TimeSpan.FromMilliseconds(200);

    public async Task<ConsentAnswer> AskAsync(ConsentQuestion question, CancellationToken cancellationToken)
    {
        // In session 0 of the services a message box would wait on a desktop that nobody sees.
        if (!Environment.UserInteractive) throw new DisplayUnavailableException("the Node runs as a service, without a desktop");

        var thread = new TaskCompletionSource<uint>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shown = Task.Factory.StartNew(() => Show(question, thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var id = await thread.Task;
        while (await Task.WhenAny(shown, Task.Delay(cancellationToken.IsCancellationRequested ? CloseAgain : Timeout.InfiniteTimeSpan, cancellationToken.IsCancellationRequested ? CancellationToken.None : cancellationToken)) != shown)
        {
            // Again and again: the box may not have been there yet at the first try.
            CloseWindowsOf(id);
        }

        var answer = await shown;
        cancellationToken.ThrowIfCancellationRequested();
        return answer;
    }

    static ConsentAnswer Show(ConsentQuestion question, TaskCompletionSource<uint> thread)
    {
        thread.SetResult(MessageBoxes.GetCurrentThreadId());
        var (buttons, meaning) = question.OffersTenMinutes
            ? (MessageBoxes.YesNoCancel | MessageBoxes.DefaultButton3, "Yes: run once. No: allow for 10 minutes. Cancel: deny.")
            : (MessageBoxes.OkCancel | MessageBoxes.DefaultButton2, "OK: run once. Cancel: deny.");
        var clicked = MessageBoxes.Show(
            0, $"{question.BriefText}\n{meaning}", question.Title, buttons | MessageBoxes.IconWarning | MessageBoxes.SetForeground | MessageBoxes.TopMost);
        return clicked switch
        {
            0 => throw new ActionFailedException($"The message box could not be shown: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}"),
            MessageBoxes.Yes or MessageBoxes.Ok => ConsentAnswer.Once,
            MessageBoxes.No when question.OffersTenMinutes => ConsentAnswer.ForTenMinutes,
            _ => ConsentAnswer.Deny,
        };
    }

    static unsafe void CloseWindowsOf(uint threadId) => MessageBoxes.EnumThreadWindows(threadId, &CloseWindow, 0);

    [UnmanagedCallersOnly]
    static int CloseWindow(nint window, nint parameter)
    {
        MessageBoxes.PostMessage(window, MessageBoxes.Close, 0, 0);
        return 1;
    }
}
