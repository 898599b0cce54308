using Sophon.Node.Files;
using Sophon.Node.Settings;

namespace Sophon.Node.Policy;

/// <summary>
/// The policy beneath the user's. It counts only when nobody but an administrator could have written it: a file that is there and does not
/// meet that is an error, since somebody meant it to hold.
/// </summary>
/// <param name="path">Of the file.</param>
/// <param name="owner">Tells why a file or folder could have been changed by somebody else; null when it could not.</param>
sealed class AdministratorPolicy(string path, Func<string, string?> owner)
{
    public string Path => path;

    public static AdministratorPolicy OfThisMachine() => new(PlaceOnThisSystem(), Ownership.FaultOf);

    static string PlaceOnThisSystem() =>
        OperatingSystem.IsWindows() ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "SophonNode", "policy.conf")
        : OperatingSystem.IsMacOS() ? "/Library/Application Support/SophonNode/policy.conf"
        : "/etc/sophon-node/policy.conf";

    /// <summary>Null when there is none.</summary>
    /// <exception cref="SettingsException">It can't be read, or somebody else could have written it.</exception>
    public string? Read()
    {
        if (PolicyText.Read(path, path) is not { } text) return null;
        foreach (var place in (string[])[path, System.IO.Path.GetDirectoryName(path)!])
        {
            if (owner(place) is { } fault)
                throw new SettingsException($"{place} {fault}, so {path} is not the administrator's word. As administrator: make {place} belong to the administrator, writable by nobody else, or delete the file.");
        }

        return text;
    }
}
