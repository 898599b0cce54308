using Sophon.Node.Files;

namespace Sophon.Node.Identity.TokenStores;

/// <summary>Picks the operating system's store.</summary>
static class TokenStores
{
    public static ITokenStore OfThisSystem(NodeHome home) =>
        OperatingSystem.IsWindows() ? new ProtectedFileStore(home)
        : OperatingSystem.IsMacOS() ? new KeychainStore(home, new StoreTool())
        : new SecretServiceStore(home, new StoreTool());
}
