using Serilog;
using Serilog.Core;
using Serilog.Events;
using Sophon.Node.Logging;
using Sophon.Node.Protocol.Pairing;
using Xunit;

namespace Sophon.Node.Tests.Node.Logging;

public sealed class RedactionSpecs
{
    const string Secret = "a1b2c3+d4/e5f6==";

    readonly SecretRedactor secrets = new();
    readonly Collector collected = new();

    public RedactionSpecs() => secrets.Add(new NodeToken("abc123", Secret));

    [Theory]
    [InlineData("token abc123.a1b2c3+d4/e5f6== here", "token abc123.[redacted] here")]
    [InlineData("GET /hubs/node?id=1&access_token=whatever.else&x=2", "GET /hubs/node?id=1&access_token=[redacted]&x=2")]
    [InlineData("q=a1b2c3%2Bd4%2Fe5f6%3D%3D", "q=[redacted]")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: Bearer [redacted]")]
    [InlineData("bearer of news", "bearer [redacted] news")]
    [InlineData("nothing to hide", "nothing to hide")]
    public void Text_should_lose_its_secrets(string text, string clean) => Assert.Equal(clean, secrets.Redact(text));

    [Fact]
    public void Redacting_twice_should_change_nothing_more()
    {
        var once = secrets.Redact($"Bearer x, access_token=y, {Secret}");
        Assert.Equal(once, secrets.Redact(once));
    }

    [Fact]
    public void Log_event_should_hold_no_secret_wherever_it_was()
    {
        using var log = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new RedactingSink(collected, secrets)).CreateLogger();
        log.Information("in the template " + Secret);
        log.Information("scalar {A}", Secret);
        log.Information("list {A}", (object)new[] { "x", Secret });
        log.Information("object {@A}", new { Inner = new { Token = Secret, Count = 3 } });
        log.Information("dictionary {A}", new Dictionary<string, string> { [Secret] = "x", ["y"] = Secret });
        log.Information("uri {A}", new Uri($"https://gw.example.com/?access_token={Uri.EscapeDataString(Secret)}"));
        log.Error(new InvalidOperationException("outer", new IOException(Secret)), "failed");
        Assert.Equal(7, collected.Events.Count);
        foreach (var logged in collected.Events)
        {
            var text = $"{logged.RenderMessage()} {logged.MessageTemplate.Text} {string.Join(' ', logged.Properties.Values)} {logged.Exception}";
            Assert.Contains("[redacted]", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret[..6], text, StringComparison.Ordinal);
        }

        Assert.Contains("IOException", collected.Events[^1].Exception!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Harmless_event_should_pass_as_it_is()
    {
        using var log = new LoggerConfiguration().WriteTo.Sink(new RedactingSink(collected, secrets)).CreateLogger();
        var error = new IOException("disk full");
        log.Error(error, "hello {Count} {@Thing}", 3, new { A = 1 });
        Assert.Same(error, Assert.Single(collected.Events).Exception);
    }

    sealed class Collector : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent) => Events.Add(logEvent);
    }
}
