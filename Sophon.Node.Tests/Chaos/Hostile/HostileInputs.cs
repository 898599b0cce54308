using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sophon.Node.Protocol.Commands;

namespace Sophon.Node.Tests.Chaos.Hostile;

/// <summary>
/// Generators of what an enemy, or a peer with a bug, may send: commands that are well-formed JSON and anything but sensible, and frames
/// that are broken. A seed makes the same inputs again.
/// </summary>
static class HostileInputs
{
    public const char End = '\u001e';

    static readonly string[] Texts =
    [
        "", " ", "\0", "\u001e", "\uFEFF", "é€😀", "\u202Egnp.exe", "../../../etc/passwd", "$(reboot)", "'; DROP TABLE nodes; --", "<script>", "%s%n", "NaN", "null", "true", "-1",
        "9999999999999999999999", "1e400", new string('x', 5_000), new string('é', 300), "enter", "ctrl+alt+delete", "system.info",
    ];

    static readonly Gen<string> Text = Gen.OneOf(Gen.Elements(Texts), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get));

    static readonly Gen<string> Quoted = Text.Select(text => JsonSerializer.Serialize(string.Concat(text.EnumerateRunes())));

    /// <summary>What JSON can spell and a string can't hold.</summary>
    static readonly Gen<string> Strange = Gen.Elements("\"\\uD800\"", "\"\\u0000\"", "1e308", "-0", "0.1e-400", "123456789012345678901234567890", "{}", "[]", "null", "true", "false");

    static Gen<string> Json(int depth) => depth == 0
        ? Gen.OneOf(Quoted, Strange, Gen.Choose(int.MinValue, int.MaxValue).Select(number => $"{number}"))
        : Gen.OneOf(
            Json(0),
            Json(depth - 1).ListOf().Select(items => $"[{string.Join(',', items.Take(5))}]"),
            Object(Quoted, Json(depth - 1)));

    static Gen<string> Object(Gen<string> names, Gen<string> values) =>
        from pairs in names.Zip(values).ListOf()
        select $"{{{string.Join(',', pairs.Take(6).Select(pair => $"{pair.Item1}:{pair.Item2}"))}}}";

    static readonly Gen<string> Type = Gen.Frequency(
        (6, Gen.Elements(CommandCatalog.All.Select(command => JsonSerializer.Serialize(command.Name)).ToArray())),
        (2, Quoted), (1, Json(1)));

    /// <summary>Names that commands know, so that the values get as far as their checks.</summary>
    static readonly Gen<string> Parameters = Gen.Frequency(
        (4, Object(Gen.Elements(CommandCatalog.All.SelectMany(command => command.Parameters).Select(parameter => JsonSerializer.Serialize(parameter.Name)).Distinct().ToArray()), Json(1))),
        (1, Json(2)));

    static readonly Gen<string> Timeout = Gen.Frequency((8, Gen.Choose(1, 120).Select(seconds => $"{seconds}")), (2, Json(0)));

    /// <summary>A command but for its id: well-formed JSON, whatever else it is.</summary>
    public static readonly Gen<string> Command =
        from type in Type
        from parameters in Parameters
        from timeout in Timeout
        from more in Gen.Frequency((5, Gen.Constant("")), (1, Json(1).Select(json => $",\"extra\":{json}")))
        select $"\"type\":{type},\"parameters\":{parameters},\"timeoutSeconds\":{timeout},\"issuedAt\":\"2026-11-24T12:00:00Z\"{more}}}";

    public static string WithId(string id, string command) => $"{{\"commandId\":{JsonSerializer.Serialize(id)},{command}";

    /// <summary>A frame that no peer can go on after.</summary>
    public static readonly Gen<string> BrokenFrame = Gen.OneOf(
        Gen.Elements("this is no JSON", "", "[]", "{", "{\"type\":\"x\"}", "{\"type\":1,\"target\":\"ExecuteCommand\",\"arguments\":[{]}", "{\"type\":1,\"arguments\":[]}", "{\"type\":1}", "\"type\"", "null", "7"),
        from command in Command
        from cut in Gen.Choose(1, 100)
        let frame = Invocation("ExecuteCommand", WithId("cut", command))
        select frame[..(frame.Length * cut / 101)])
        .Select(frame => frame + End);

    public static string Invocation(string target, string argument) => $"{{\"type\":1,\"target\":\"{target}\",\"arguments\":[{argument}]}}";

    static readonly Gen<string> Result =
        from id in Quoted
        from status in Gen.OneOf(Gen.Elements("\"succeeded\"", "\"failed\"", "\"running\"", "\"queued\""), Json(0))
        from result in Json(2)
        from error in Json(1)
        select $"{{\"commandId\":{id},\"nodeId\":{id},\"status\":{status},\"result\":{result},\"error\":{error},\"startedAt\":\"2026-11-24T12:00:00Z\",\"durationMs\":1}}";

    /// <summary>What a Node may call on the Gateway, with arguments of no sense.</summary>
    public static readonly Gen<string> CallToGateway =
        from target in Gen.Frequency((6, Gen.Elements("Heartbeat", "CommandResult", "CommandOutput")), (1, Gen.Elements("ExecuteCommand", "Nothing", "", "OnConnectedAsync", "Dispose")))
        from arguments in Gen.OneOf(Json(2).Select(json => $"[{json}]"), Json(1).ListOf().Select(items => $"[{string.Join(',', items.Take(3))}]"), Result.Select(json => $"[{json}]"))
        from id in Gen.Choose(0, 1_000_000)
        select $"{{\"type\":1,\"invocationId\":\"{id}\",\"target\":\"{target}\",\"arguments\":{arguments}}}{End}";

    public static IReadOnlyList<T> Sample<T>(this Gen<T> generator, int seed, int count) =>
        [.. generator.Sample(count, new Rnd((ulong)seed), 10)];
}
