using Sophon.Node.Actors.Pairing;
using Sophon.Node.Connection;
using Sophon.Node.Files;
using Sophon.Node.Gateway;
using Sophon.Node.Identity;
using Sophon.Node.Settings;

namespace Sophon.Node.Cli.Doctor;

/// <summary>The Node's own files: can they be read, by nobody else.</summary>
static class FileChecks
{
    const string Area = "files";
    const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static IEnumerable<Finding> Run(NodeHome home, IdentityStore store)
    {
        yield return Settings(home);
        yield return Connection(home);
        yield return Identity(store);
        if (Token(home, store) is { } token) yield return token;
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

    static Finding Identity(IdentityStore store)
    {
        try
        {
            return store.Peek() is { } identity
                ? Finding.Good(Area, "pairing", $"Node {identity.Token.NodeId} at {GatewayAddress.Show(identity.GatewayUrl)}")
                : Finding.Note(Area, "pairing", "this machine is not paired", "Register it in the Dashboard (Add Node) and run the command that it shows");
        }
        catch (IdentityStoreException error)
        {
            return Finding.Bad(Area, "pairing", error.Message, $"Delete {store.Location} and pair again, if it can't be corrected");
        }
    }

    static Finding Connection(NodeHome home)
    {
        try
        {
            var told = ConnectionFile.Read(home);
            var trust = GatewayTrust.Load(told);
            return Finding.Good(Area, "connection.conf", $"TLS: {Trusted(told, trust)}");
        }
        catch (SettingsException error)
        {
            return Finding.Bad(Area, "connection.conf", error.Message, "sophon-node pair … with the right --ca-file and --pin-sha256");
        }
    }

    static string Trusted(ConnectionSettings told, GatewayTrust trust) =>
        (trust.Authorities, told.Pin) switch
        {
            (null, null) => "what this system trusts",
            (null, { } pin) => $"only the certificate {pin}",
            ({ } authorities, null) => $"only what {NodeHome.Show(told.CaFile!)} has signed ({authorities.Count} certificates)",
            (_, { } pin) => $"only the certificate {pin}, signed by {NodeHome.Show(told.CaFile!)}",
        };

    // What is wrong with config.json has its line already.
    static Finding? Token(NodeHome home, IdentityStore store)
    {
        try
        {
            if (store.Peek() is not { } identity) return null;
            if (!IdentityStore.IsElsewhere(identity.Token))
                return Finding.Good(Area, "token store", $"the token is in {NodeHome.Show(home.Config)} as text (--token-store os keeps it in {store.StoreName})");
        }
        catch (IdentityStoreException)
        {
            return null;
        }

        try
        {
            store.Load();
            return Finding.Good(Area, "token store", $"the token is in {store.StoreName}");
        }
        catch (IdentityStoreException error)
        {
            return Finding.Bad(Area, "token store", error.Message, "Unlock that store and run this again, or pair again with --token-store file");
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
