using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sophon.Node.Logging;

/// <summary>
/// SignalR's log into ours, as details: what goes wrong reaches the connection's actor as an exception, which tells it once and in words.
/// A hub method that this Node does not know is worth one line, not one at every call: a newer Gateway may have methods that this Node lacks.
/// </summary>
sealed class HubLoggerProvider(ILoggerProvider inner) : ILoggerProvider
{
    const string MissingHandler = "MissingHandler";

    // Follows on MissingHandler: without a handler no argument is expected.
    const string ArgumentBindingFailure = "ArgumentBindingFailure";

    const int RememberedMethods = 100;

    readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName) => new HubLogger(inner.CreateLogger(categoryName), this);

    public void Dispose()
    {
        // Each connection's logger factory disposes its providers; this one outlives them all.
    }

    bool IsNew(string method) => known.Count < RememberedMethods && known.TryAdd(method, true);

    sealed class HubLogger(ILogger inner, HubLoggerProvider owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(AtMostDebug(logLevel));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var method = eventId.Name is MissingHandler or ArgumentBindingFailure ? MethodOf(state) : null;
            if (method is null || (eventId.Name == ArgumentBindingFailure && !owner.known.ContainsKey(method)))
                inner.Log(AtMostDebug(logLevel), eventId, state, exception, formatter);
            else if (owner.IsNew(method))
                inner.LogDebug("The Gateway calls the hub method {Method}, which this Node does not know; ignored", method);
        }

        static LogLevel AtMostDebug(LogLevel level) => level is LogLevel.None or < LogLevel.Debug ? level : LogLevel.Debug;

        static string? MethodOf<TState>(TState state) =>
            (state as IReadOnlyList<KeyValuePair<string, object?>>)?.FirstOrDefault(pair => pair.Key is "MethodName" or "Target").Value?.ToString();
    }
}
