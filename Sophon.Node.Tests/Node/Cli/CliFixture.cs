using Sophon.Node.Actors;
using Sophon.Node.Cli;
using Sophon.Node.Files;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Tests.Support;

namespace Sophon.Node.Tests.Node.Cli;

/// <summary>The command line inside the test's process, on a home folder of its own.</summary>
sealed class CliFixture : IDisposable
{
    public static readonly NodeIdentity Identity = new(new Uri("https://gw.example.com"), new NodeToken("abc123", "a1b2c3d4e5f6"));

    readonly TestFolder folder = new();

    public CliFixture() => Home = new NodeHome(folder.File("home"));

    public NodeHome Home { get; }

    public StringWriter Output { get; } = new();

    public StringWriter Errors { get; } = new();

    public void Pair(NodeIdentity? identity = null) => Context(null).Identity.Save(identity ?? Identity);

    /// <param name="answer">What the person types; null when there is nobody.</param>
    public Task<int> RunAsync(string? answer, params string[] arguments) => CommandLine.RunAsync(arguments, Context(answer));

    public void Dispose()
    {
        Output.Dispose();
        Errors.Dispose();
        folder.Dispose();
    }

    CliContext Context(string? answer) => new(Home, Output, Errors, answer is null ? null : new StringReader(answer + "\n"));
}
