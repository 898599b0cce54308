using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace Sophon.Node.Logging;

/// <summary>Stands before every sink: what passes holds no secret, in message, properties or exception.</summary>
sealed class RedactingSink(ILogEventSink next, SecretRedactor secrets) : ILogEventSink, IDisposable
{
    static readonly MessageTemplateParser Parser = new();

    public void Emit(LogEvent logEvent) => next.Emit(Redact(logEvent));

    public void Dispose() => (next as IDisposable)?.Dispose();

    LogEvent Redact(LogEvent logEvent)
    {
        var template = secrets.Redact(logEvent.MessageTemplate.Text);
        var error = logEvent.Exception?.ToString();
        var cleanError = error is null ? null : secrets.Redact(error);
        var properties = logEvent.Properties.ToDictionary(property => property.Key, property => Redact(property.Value));

        var changed = !ReferenceEquals(template, logEvent.MessageTemplate.Text) || !ReferenceEquals(error, cleanError)
            || properties.Any(property => !ReferenceEquals(property.Value, logEvent.Properties[property.Key]));
        return !changed ? logEvent : new LogEvent(
            logEvent.Timestamp, logEvent.Level,
            ReferenceEquals(error, cleanError) ? logEvent.Exception : new RedactedException(cleanError!),
            Parser.Parse(template),
            properties.Select(property => new LogEventProperty(property.Key, property.Value)));
    }

    LogEventPropertyValue Redact(LogEventPropertyValue value) => value switch
    {
        ScalarValue { Value: null or bool or int or long or double or decimal or DateTimeOffset or DateTime or TimeSpan or Enum } => value,
        ScalarValue scalar when scalar.Value!.ToString() is { } text && secrets.Redact(text) is var clean && clean != text => new ScalarValue(clean),
        SequenceValue sequence => Rebuilt(sequence.Elements, elements => new SequenceValue(elements), sequence),
        StructureValue structure => Rebuilt(
            [.. structure.Properties.Select(property => property.Value)],
            values => new StructureValue(structure.Properties.Zip(values, (property, clean) => new LogEventProperty(property.Name, clean)), structure.TypeTag),
            structure),
        DictionaryValue dictionary => Rebuilt(
            [.. dictionary.Elements.Values],
            values => new DictionaryValue(dictionary.Elements.Keys.Zip(values, (key, clean) => KeyValuePair.Create((ScalarValue)Redact(key), clean))),
            dictionary),
        _ => value,
    };

    LogEventPropertyValue Rebuilt(
        IReadOnlyList<LogEventPropertyValue> parts, Func<IReadOnlyList<LogEventPropertyValue>, LogEventPropertyValue> build, LogEventPropertyValue original)
    {
        var clean = parts.Select(Redact).ToList();
        return clean.SequenceEqual(parts, ReferenceEqualityComparer.Instance) ? original : build(clean);
    }

    sealed class RedactedException(string text) : Exception("[redacted]")
    {
        public override string ToString() => text;
    }
}
