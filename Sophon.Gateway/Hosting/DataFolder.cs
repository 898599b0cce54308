using System.Security.Cryptography;
using Sophon.Gateway.Commands;

namespace Sophon.Gateway.Hosting;

/// <summary>Where the Gateway keeps its files: a 0700 folder with 0600 files, used by one Gateway at a time.</summary>
sealed class DataFolder : IDisposable
{
    public const string HomeVariable = "SOPHON_GATEWAY_HOME";

    const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode OwnerOnlyFolder = OwnerOnlyFile | UnixFileMode.UserExecute;

    FileStream? ownership;

    DataFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>The SQLite file.</summary>
    public string Database => In("gateway.db");

    /// <summary>The operator's settings, over those of the file that came with the program.</summary>
    public string Settings => In("appsettings.json");

    public string Logs => In("logs");

    /// <summary>ASP.NET Core's keys for what it signs.</summary>
    public string Keys => In("keys");

    /// <param name="path">Null: <c>SOPHON_GATEWAY_HOME</c>, else <c>~/.sophon-gateway</c>.</param>
    /// <exception cref="GatewayStartException">The folder can't be used.</exception>
    public static DataFolder Open(string? path)
    {
        var folder = new DataFolder(System.IO.Path.GetFullPath(path
            ?? (Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home ? home : null)
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".sophon-gateway")));
        folder.Try(() =>
        {
            CreateFolder(folder.Path);
            CreateFolder(folder.Logs);
            CreateFolder(folder.Keys);
        });
        return folder;
    }

    /// <summary>Makes the SQLite file, where there is none.</summary>
    /// <exception cref="GatewayStartException">It can't be written.</exception>
    public void CreateDatabase() => Try(() =>
    {
        // SQLite gives its -wal and -shm the mode of the database file.
        using var database = new FileStream(Database, OwnerOnly(FileMode.OpenOrCreate, FileShare.ReadWrite));
    });

    /// <summary>Makes this process the folder's only Gateway, until it ends however.</summary>
    /// <exception cref="GatewayStartException">Another one runs on it.</exception>
    public void Own()
    {
        try
        {
            ownership = new FileStream(In("gateway.lock"), OwnerOnly(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new GatewayStartException($"Another sophon-gateway runs on {Path}. Stop it, or give this one its own folder with --data or {HomeVariable}.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw Unusable(error);
        }
    }

    /// <summary>The key of <see cref="RequestDigest"/>, made at the first run.</summary>
    /// <exception cref="GatewayStartException">It can't be read or written.</exception>
    public byte[] ReadDigestKey()
    {
        byte[] key = [];
        Try(() =>
        {
            using var file = new FileStream(In("digest.key"), OwnerOnly(FileMode.OpenOrCreate, FileShare.None));
            key = new byte[RequestDigest.KeyBytes];
            if (file.ReadAtLeast(key, key.Length, throwOnEndOfStream: false) == key.Length) return;
            key = RandomNumberGenerator.GetBytes(RequestDigest.KeyBytes);
            file.SetLength(0);
            file.Write(key);
        });
        return key;
    }

    /// <summary>For files that others create in the folder.</summary>
    public static void MakeOwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, OwnerOnlyFile);
    }

    public void Dispose() => ownership?.Dispose();

    string In(string name) => System.IO.Path.Combine(Path, name);

    static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnlyFolder);
    }

    static FileStreamOptions OwnerOnly(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnlyFile;
        return options;
    }

    void Try(Action use)
    {
        try
        {
            use();
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw Unusable(error);
        }
    }

    GatewayStartException Unusable(Exception error) =>
        new($"The data folder {Path} can't be used: {error.Message} Make it writable, or give another one with --data or {HomeVariable}.", error);
}
