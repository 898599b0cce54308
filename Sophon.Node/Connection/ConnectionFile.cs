using System.Text;
using System.Text.Json;
using Sophon.Node.Files;
using Sophon.Node.Settings;

namespace Sophon.Node.Connection;

/// <summary><c>connection.conf</c>, HOCON. Missing when <c>pair</c> was told nothing. A key that is not understood is an error: it may be the pin.</summary>
static class ConnectionFile
{
    const string CaFile = "ca-file";
    const string Pin = "pin-sha256";
    const string Insecure = "allow-insecure-http";
    const string Store = "token-store";

    /// <exception cref="SettingsException">With file, line and key.</exception>
    public static ConnectionSettings Read(NodeHome home)
    {
        var shown = NodeHome.Show(home.ConnectionConf);
        try
        {
            return File.Exists(home.ConnectionConf) ? Parse(File.ReadAllText(home.ConnectionConf), shown) : ConnectionSettings.Default;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{shown} can't be read: {error.Message}");
        }
    }

    /// <param name="shown">The file as messages name it.</param>
    /// <exception cref="SettingsException">With file, line and key.</exception>
    public static ConnectionSettings Parse(string text, string shown)
    {
        var settings = ConnectionSettings.Default;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var entry in Outline(text, shown))
        {
            if (entry.IsObject || HoconValue.Parse(entry.Value) is not { IsList: false, Items: [var value] }) throw Wrong(entry, "has to be a single value");
            if (!seen.Add(entry.Path)) throw Wrong(entry, "is set twice");
            settings = entry.Path switch
            {
                CaFile when Path.IsPathFullyQualified(value) => settings with { CaFile = value },
                CaFile => throw Wrong(entry, "has to be an absolute path"),
                Pin => settings with { Pin = CertificatePin.TryParse(value, out var pin) ? pin : throw Wrong(entry, "has to be 64 hexadecimal digits") },
                Insecure => settings with { AllowInsecureHttp = value switch { "on" => true, "off" => false, _ => throw Wrong(entry, "has to be on or off") } },
                Store => settings with { TokenStore = value switch { "file" => TokenStoreKind.File, "os" => TokenStoreKind.Os, _ => throw Wrong(entry, "has to be file or os") } },
                _ => throw Wrong(entry, $"is no setting of this file. It has: {CaFile}, {Pin}, {Insecure}, {Store}"),
            };
        }

        return settings;

        SettingsException Wrong(HoconEntry entry, string fault) =>
            new($"{shown}, line {entry.Line}: {entry.Path} {fault}. Correct it, or pair again: pair writes this file.");
    }

    /// <summary>Replaces the file; removes it where there is nothing to remember.</summary>
    /// <exception cref="IOException">Nothing changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing changed.</exception>
    public static void Write(NodeHome home, ConnectionSettings settings)
    {
        if (settings == ConnectionSettings.Default) PrivateFiles.Delete(home.ConnectionConf);
        else PrivateFiles.Replace(home.ConnectionConf, Encoding.UTF8.GetBytes(Format(settings)), durable: true);
    }

    public static string Format(ConnectionSettings settings)
    {
        var text = new StringBuilder("# What 'sophon-node pair' was told; the next pairing writes it anew.\n");
        if (settings.CaFile is { } file) text.Append($"{CaFile} = {Quoted(file)}\n");
        if (settings.Pin is { } pin) text.Append($"{Pin} = {Quoted(pin.ToString())}\n");
        if (settings.AllowInsecureHttp) text.Append($"{Insecure} = on\n");
        if (settings.TokenStore == TokenStoreKind.Os) text.Append($"{Store} = os\n");
        return text.ToString();
    }

    // Quoted texts of HOCON are those of JSON.
    static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    static IReadOnlyList<HoconEntry> Outline(string text, string shown)
    {
        try
        {
            return HoconOutline.Read(text);
        }
        catch (HoconException error)
        {
            throw new SettingsException($"{shown}, line {error.Line}: {error.Message}.");
        }
    }
}
