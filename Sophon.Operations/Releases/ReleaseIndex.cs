using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sophon.Operations.Releases;

/// <summary><c>release.json</c>, as eng/publish.sh writes it beside the archives.</summary>
/// <param name="Commit">Of the sources.</param>
public sealed record ReleaseIndex(string Version, string Commit, IReadOnlyList<ReleaseFile> Files)
{
    public const string FileName = "release.json";

    /// <exception cref="ReleaseException">It is no index.</exception>
    public static ReleaseIndex Read(string text, string place)
    {
        try
        {
            var index = JsonSerializer.Deserialize(text, ReleaseJson.Default.ReleaseIndex);
            if (index is { Version: not null, Files: not null }) return index;
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new ReleaseException($"{place} is no list of a release. Is the address right?");
    }

    /// <summary>The archive of a program for this machine, e.g. <c>sophon-node-linux-x64.tar.gz</c>.</summary>
    public static string ArchiveFor(string program)
    {
        var architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        return OperatingSystem.IsWindows() ? $"{program}-win-{architecture}.zip"
            : OperatingSystem.IsMacOS() ? $"{program}-macos-{architecture}.tar.gz"
            : $"{program}-linux-{architecture}.tar.gz";
    }

    /// <summary>Whether this release comes after <paramref name="version"/>; a version that is no number counts as other, hence newer when it differs.</summary>
    public bool IsNewerThan(string version) =>
        System.Version.TryParse(Version, out var theirs) && System.Version.TryParse(version, out var ours) ? theirs > ours : Version != version;
}

/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record ReleaseFile(string Name, string Sha256);

/// <summary>A release can't be used; the message says which and why. Nothing on the machine has changed.</summary>
public sealed class ReleaseException(string message, Exception? inner = null) : Exception(message, inner);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ReleaseIndex))]
sealed partial class ReleaseJson : JsonSerializerContext;
