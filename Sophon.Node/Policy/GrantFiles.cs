using System.Text.Json;
using System.Text.Json.Serialization;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Actors.Policy.Grants;
using Sophon.Node.Files;

namespace Sophon.Node.Policy;

/// <summary>One file per grant under <c>state/grants</c>, so that program and Node can add and revoke without waiting for each other.</summary>
static class GrantFiles
{
    /// <summary>In order of their making. A file that is no grant gives nothing.</summary>
    public static IReadOnlyList<Grant> Read(NodeHome home) =>
        Directory.Exists(home.Grants)
            ? [.. Directory.EnumerateFiles(home.Grants, "*.json").Select(TryRead).OfType<Grant>().OrderBy(grant => grant.CreatedAt)]
            : [];

    public static void Add(NodeHome home, Grant grant, MachineClock clock)
    {
        foreach (var over in Read(home).Where(other => other.Remaining(clock) == TimeSpan.Zero)) Delete(home, over);
        PrivateFiles.Replace(PathOf(home, grant), JsonSerializer.SerializeToUtf8Bytes(grant, StateJson.Default.Grant), durable: true);
    }

    public static void Delete(NodeHome home, Grant grant) => PrivateFiles.Delete(PathOf(home, grant));

    static string PathOf(NodeHome home, Grant grant) => Path.Combine(home.Grants, grant.Id + ".json");

    static Grant? TryRead(string path)
    {
        try
        {
            // Its own name, so that a copy can't outlive a revocation.
            var grant = JsonSerializer.Deserialize(File.ReadAllBytes(path), StateJson.Default.Grant);
            return grant is { Boot: not null } && grant.Id == Path.GetFileNameWithoutExtension(path) ? grant : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

/// <summary><c>state/paused.json</c>: its being there is the pause, whatever it holds.</summary>
static class PauseFile
{
    /// <summary>Null when the Node is not paused.</summary>
    public static Pause? Read(NodeHome home)
    {
        if (!File.Exists(home.Paused)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(home.Paused), StateJson.Default.Pause) ?? Unknown(home);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return Unknown(home);
        }
    }

    public static void Write(NodeHome home, Pause pause) =>
        PrivateFiles.Replace(home.Paused, JsonSerializer.SerializeToUtf8Bytes(pause, StateJson.Default.Pause), durable: true);

    public static void Delete(NodeHome home) => PrivateFiles.Delete(home.Paused);

    static Pause Unknown(NodeHome home) => new(File.GetLastWriteTimeUtc(home.Paused), "somebody");
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(Grant))]
[JsonSerializable(typeof(Pause))]
sealed partial class StateJson : JsonSerializerContext;
