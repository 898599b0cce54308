using System.CommandLine;
using Sophon.Node.Connection;

namespace Sophon.Node.Cli.Pair;

/// <summary>The options of <c>pair</c> that connection.conf remembers.</summary>
sealed class ConnectionOptions
{
    readonly Option<string?> caFile = new("--ca-file") { Description = "Trust only what the certificates in this PEM file have signed.", HelpName = "file" };
    readonly Option<string?> pin = new("--pin-sha256") { Description = "Accept only the certificate with this SHA-256 fingerprint, whoever signed it.", HelpName = "fingerprint" };
    readonly Option<bool> insecure = new("--allow-insecure-http") { Description = "Allow plain http to another machine: secret and token travel in the clear." };
    readonly Option<TokenStoreKind> tokenStore = new("--token-store")
    {
        Description = "Where the token is kept: file (config.json), or os: the Secret Service on Linux, the Keychain on macOS, sealed with DPAPI on Windows.",
        HelpName = "file|os",
        DefaultValueFactory = _ => TokenStoreKind.File,
    };

    public ConnectionOptions()
    {
        caFile.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } file && !File.Exists(file)) result.AddError($"--ca-file: there is no file {file}.");
        });
        pin.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !CertificatePin.TryParse(text, out _))
                result.AddError("--pin-sha256 takes a SHA-256 fingerprint, 64 hexadecimal digits with or without colons. The Gateway's: openssl x509 -in gateway.crt -noout -fingerprint -sha256");
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { caFile, pin, insecure, tokenStore }) command.Options.Add(option);
    }

    public ConnectionSettings Read(ParseResult result) => new(
        result.GetValue(caFile) is { } file ? Path.GetFullPath(file) : null,
        result.GetValue(pin) is { } text && CertificatePin.TryParse(text, out var parsed) ? parsed : null,
        result.GetValue(insecure), result.GetValue(tokenStore));
}
