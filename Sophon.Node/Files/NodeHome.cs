namespace Sophon.Node.Files;

/// <summary>Where this Node keeps its files: <c>~/.sophon-node</c>, or what SOPHON_NODE_HOME names.</summary>
/// <param name="Folder">Absolute.</param>
sealed record NodeHome(string Folder)
{
    public const string Variable = "SOPHON_NODE_HOME";

    public string Config => Path.Combine(Folder, "config.json");

    public string ConnectionConf => Path.Combine(Folder, "connection.conf");

    public string ProtectedTokens => Path.Combine(Folder, "tokens");

    public string NodeConf => Path.Combine(Folder, "node.conf");

    public string Policy => Path.Combine(Folder, "policy.conf");

    public string Audit => Path.Combine(Folder, "audit");

    public string Journal => Path.Combine(Folder, "journal");

    public string Logs => Path.Combine(Folder, "logs");

    public string State => Path.Combine(Folder, "state");

    public string Status => Path.Combine(State, "status.json");

    public string PortalToken => Path.Combine(State, "portal-token");

    public string Grants => Path.Combine(State, "grants");

    public string Paused => Path.Combine(State, "paused.json");

    public string Lock => Path.Combine(State, "node.lock");

    public static NodeHome FromEnvironment()
    {
        var moved = Environment.GetEnvironmentVariable(Variable);
        return new(string.IsNullOrWhiteSpace(moved) ? Path.Combine(UserFolder, ".sophon-node") : Path.GetFullPath(moved));
    }

    /// <summary>A path as a person writes it: <c>~</c> for their own folder.</summary>
    public static string Show(string path)
    {
        var user = UserFolder.TrimEnd(Path.DirectorySeparatorChar);
        return user.Length > 0 && path.StartsWith(user + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? "~" + path[user.Length..] : path;
    }

    static string UserFolder => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
}
