using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sophon.Node.Tests.Node.Gateway;

/// <summary>Every line that is logged, down to Trace.</summary>
sealed class RecordingLog : ILoggerProvider
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, Lines);

    public void Dispose() { }

    sealed class Writer(string category, ConcurrentQueue<(LogLevel Level, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}"));
    }
}
