using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sophon.Node.Logging;

/// <summary>
/// SignalR's log into ours, but for one line: a hub method that this Node does not know is worth one word at Debug,
/// not one at every call. A newer Gateway may have methods that this Node lacks.
/// </summary>
sealed class HubLoggerProvider(ILoggerProvider inner) : ILoggerProvider
{
    const string MissingHandler = "MissingHandler";
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

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name != MissingHandler) inner.Log(logLevel, eventId, state, exception, formatter);
            else if (MethodOf(state) is { } method && owner.IsNew(method)) inner.LogDebug("The Gateway calls the hub method {Method}, which this Node does not know; ignored", method);
        }

        static string? MethodOf<TState>(TState state) =>
            (state as IReadOnlyList<KeyValuePair<string, object?>>)?.FirstOrDefault(pair => pair.Key != "{OriginalFormat}").Value?.ToString();
    }
}
