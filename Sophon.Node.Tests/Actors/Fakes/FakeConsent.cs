using System.Collections.Concurrent;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Tests.Actors.Fakes;

/// <summary>A person who answers when the test says so.</summary>
sealed class FakeConsent : IConsentPrompt
{
    public sealed record Shown(ConsentQuestion Question, TaskCompletionSource<ConsentAnswer> Answer, CancellationToken Withdrawn);

    /// <summary>All that were ever on the screen.</summary>
    public ConcurrentQueue<Shown> Questions { get; } = new();

    /// <summary>Questions that were on the screen at the same time, at most.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Why nobody can be asked; null when somebody can.</summary>
    public PlatformException? Unavailable { get; set; }

    int open;

    public async Task<ConsentAnswer> AskAsync(ConsentQuestion question, CancellationToken cancellationToken)
    {
        if (Unavailable is { } failure) throw failure;
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref open));
        try
        {
            var shown = new Shown(question, new(TaskCreationOptions.RunContinuationsAsynchronously), cancellationToken);
            Questions.Enqueue(shown);
            return await shown.Answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }
}

/// <summary>Every program is where its name says.</summary>
sealed class FakePrograms : IProgramLocator
{
    public string? Find(string program, string? folder, string? searchPath) => program.StartsWith("no ", StringComparison.Ordinal) ? null : program.StartsWith('/') ? program : "/usr/bin/" + program;

    public string Resolve(string fullPath) => fullPath;
}
