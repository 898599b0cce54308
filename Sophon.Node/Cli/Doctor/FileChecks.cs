using Sophon.Node.Actors.Pairing;
using Sophon.Node.Files;
using Sophon.Node.Gateway;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli.Doctor;

/// <summary>The Node's own files: can they be read, by nobody else.</summary>
static class FileChecks
{
    const string Area = "files";
    const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static IEnumerable<Finding> Run(NodeHome home, INodeIdentityStore store)
    {
        yield return Settings(home);
        yield return Identity(store);
        if (OperatingSystem.IsWindows()) yield break;
        if (Directory.Exists(home.Folder)) yield return Mode(home.Folder, "700");
        if (File.Exists(home.Config)) yield return Mode(home.Config, "600");
    }

    static Finding Settings(NodeHome home)
    {
        try
        {
            SettingsLoader.Load(home, RunMode.Console);
            return Finding.Good(Area, "node.conf", File.Exists(home.NodeConf) ? $"{NodeHome.Show(home.NodeConf)} is valid" : "none: the defaults hold");
        }
        catch (SettingsException error)
        {
            return Finding.Bad(Area, "node.conf", error.Message, $"Correct that line of {NodeHome.Show(home.NodeConf)}");
        }
    }

    static Finding Identity(INodeIdentityStore store)
    {
        try
        {
            return store.Load() is { } identity
                ? Finding.Good(Area, "pairing", $"Node {identity.Token.NodeId} at {GatewayAddress.Show(identity.GatewayUrl)}")
                : Finding.Note(Area, "pairing", "this machine is not paired", "Register it in the Dashboard (Add Node) and run the command that it shows");
        }
        catch (IdentityStoreException error)
        {
            return Finding.Bad(Area, "pairing", error.Message, $"Delete {store.Location} and pair again, if it can't be corrected");
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    static Finding Mode(string path, string wanted)
    {
        var mode = File.GetUnixFileMode(path);
        var octal = Convert.ToString((int)mode, 8);
        return (mode & Others) == 0
            ? Finding.Good(Area, "permissions", $"{NodeHome.Show(path)} is yours only ({octal})")
            : Finding.Bad(Area, "permissions", $"{NodeHome.Show(path)} has mode {octal}: others get at it, and whoever reads the token is this Node", $"chmod {wanted} {NodeHome.Show(path)}");
    }
}
