using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.Audit;

/// <summary>
/// One line of the audit: <c>{"sequence":n,"previous":"…","at":"…","event":"…", … ,"hash":"…"}</c>.
/// The hash is SHA-256 over the line's own bytes before <c>,"hash"</c>; <c>previous</c> is the hash of the record before. So each record seals all before it.
/// </summary>
/// <param name="Intact">The line's bytes give its hash.</param>
public sealed record AuditRecord(long Sequence, string Previous, string Event, long? Oldest, string Hash, bool Intact)
{
    /// <summary>What the first record calls its previous.</summary>
    public static readonly AuditHead Genesis = new(0, new string('0', HashLength));

    const int HashLength = 64;
    const int LongestText = 1_000;

    static ReadOnlySpan<byte> HashKey => ",\"hash\":\""u8;

    static ReadOnlySpan<byte> End => "\"}"u8;

    static int SealLength => HashKey.Length + HashLength + End.Length;

    public AuditHead Head => new(Sequence, Hash);

    /// <summary>The record that follows <paramref name="last"/>: its line, newline included, and the new head.</summary>
    public static (byte[] Line, AuditHead Head) Write(AuditHead last, DateTimeOffset at, AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer)) WriteBody(json, last, at, entry);

        // The closing brace comes after the hash.
        var body = buffer.WrittenSpan[..^1];
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        byte[] line = [.. body, .. HashKey, .. Encoding.ASCII.GetBytes(hash), .. End, (byte)'\n'];
        return (line, new AuditHead(last.Sequence + 1, hash));
    }

    static void WriteBody(Utf8JsonWriter json, AuditHead last, DateTimeOffset at, AuditEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence"u8, last.Sequence + 1);
        json.WriteString("previous"u8, last.Hash);
        json.WriteString("at"u8, at.UtcDateTime);
        Text(json, "event"u8, entry.Event);
        Text(json, "commandId"u8, entry.CommandId);
        Text(json, "command"u8, entry.Command);
        Text(json, "program"u8, entry.Program);
        Number(json, "parameterBytes"u8, entry.ParameterBytes);
        Text(json, "sha256"u8, entry.Sha256);
        Text(json, "status"u8, entry.Status);
        Text(json, "code"u8, entry.Code);
        if (entry.DurationMs is { } duration) json.WriteNumber("durationMs"u8, Math.Round(duration, 3));
        Number(json, "resultBytes"u8, entry.ResultBytes);
        Text(json, "by"u8, entry.By);
        Number(json, "count"u8, entry.Count);
        Number(json, "oldest"u8, entry.Oldest);
        Text(json, "detail"u8, entry.Detail);
        json.WriteEndObject();
    }

    /// <summary>Null when the line is no record at all.</summary>
    /// <param name="line">Without its newline.</param>
    public static AuditRecord? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length <= SealLength) return null;
        var body = line[..^SealLength];
        var seal = line[^SealLength..];
        if (!seal.StartsWith(HashKey) || !seal.EndsWith(End)) return null;
        var hash = Encoding.Latin1.GetString(seal.Slice(HashKey.Length, HashLength));
        try
        {
            var json = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref json);
            if (json.BytesConsumed != line.Length) return null;
            var root = document.RootElement;
            return new AuditRecord(
                root.GetProperty("sequence").GetInt64(), root.GetProperty("previous").GetString()!, root.GetProperty("event").GetString()!,
                root.TryGetProperty("oldest", out var oldest) ? oldest.GetInt64() : null, hash,
                Intact: hash == Convert.ToHexStringLower(SHA256.HashData(body)));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) json.WriteString(name, value.Length > LongestText ? value[..LongestText] + "…" : value);
    }

    static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }
}
