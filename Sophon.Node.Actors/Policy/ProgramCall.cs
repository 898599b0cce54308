using System.Security.Cryptography;
using System.Text.Json;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Actors.Policy;

/// <summary>A program of the caller's choice, as <c>system.execute</c> or <c>app.launch</c> by path would start it: everything that decides what it does.</summary>
/// <param name="Command">The command's name.</param>
/// <param name="Program">As the caller wrote it.</param>
/// <param name="Environment">Added to the Node's own; null removes a variable.</param>
public sealed record ProgramCall(
    string Command, string Program, IReadOnlyList<string> Arguments, string? Folder, IReadOnlyDictionary<string, string?> Environment, string? Input)
{
    /// <summary>Where the system finds it, links unresolved; null when it is not there.</summary>
    public string? FullPath { get; init; }

    /// <summary>Where the links of <see cref="FullPath"/> lead.</summary>
    public string? RealPath { get; init; }

    /// <summary>Null when the command starts no program of the caller's choice.</summary>
    public static ProgramCall? Of(CommandDefinition definition, CommandArguments arguments)
    {
        if (definition.Scope == Scopes.SystemExecute)
        {
            return new(
                definition.Name, arguments.Text("command"), arguments.Texts("args"), arguments.OptionalText("workingDirectory"),
                arguments.Map("env"), arguments.OptionalText("stdin"));
        }

        return definition.Name == "app.launch" && arguments.OptionalText("path") is { } path
            ? new(definition.Name, path, arguments.Texts("args"), null, new Dictionary<string, string?>(), null)
            : null;
    }

    public ProgramCall Located(IProgramLocator locator)
    {
        var full = locator.Find(Program, Folder, Environment.GetValueOrDefault("PATH"));
        return this with { FullPath = full, RealPath = full is null ? null : locator.Resolve(full) };
    }

    /// <summary>Every way to name the program; a rule that forbids one of them forbids the call.</summary>
    public IEnumerable<string> Spellings => new[] { Program, FullPath, RealPath }.OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>SHA-256, hexadecimal, over all of it: a consent binds to this.</summary>
    public string Digest()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(Command);
            json.WriteStringValue(Program);
            json.WriteStringValue(FullPath);
            json.WriteStringValue(RealPath);
            json.WriteStringValue(Folder);
            json.WriteStringValue(Input);
            json.WriteStartArray();
            foreach (var argument in Arguments) json.WriteStringValue(argument);
            json.WriteEndArray();
            foreach (var (name, value) in Environment.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteStringValue(name);
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }
}
