using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Accounts;

/// <summary>Hashes passwords as ASP.NET Core does, and takes the same time for a user that is not there.</summary>
sealed class Passwords
{
    static readonly AccountRecord Nobody = new()
    {
        Id = "", Name = "", DisplayName = "", Role = GatewayRole.Viewer, PasswordHash = "", SecurityStamp = "", CreatedAt = default,
    };

    readonly PasswordHasher<AccountRecord> hasher = new();
    readonly string nobodysHash;

    public Passwords() => nobodysHash = Hash(RandomNumberGenerator.GetHexString(32));

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    /// <returns>Whether it is right, and whether its hash is of an older form and should be made anew.</returns>
    public (bool Right, bool Old) Verify(AccountRecord? account, string? password)
    {
        var result = hasher.VerifyHashedPassword(account ?? Nobody, account?.PasswordHash ?? nobodysHash, password ?? "");
        return account is null ? (false, false) : (result != PasswordVerificationResult.Failed, result == PasswordVerificationResult.SuccessRehashNeeded);
    }
}
