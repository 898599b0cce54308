using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sophon.Gateway.Audit;
using Sophon.Gateway.Limits;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;
using Sophon.Node.Protocol.Pairing;

namespace Sophon.Gateway.Accounts;

/// <summary>The first administrator proves with a code from the Gateway's console that the machine is theirs. One code at a time, used once.</summary>
sealed class SetupCodes(IDbContextFactory<GatewayDb> databases, StoreWriter writer, AccountService accounts, AuditLog audit, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Without letters and digits that look alike.</summary>
    const string Characters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

    const int TriesPerAddress = 10;

    readonly AttemptWindow addresses = new(TriesPerAddress, time);

    /// <summary>True while nobody can sign in as administrator.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return !HasAdministrator(db);
    }

    /// <summary>Makes a new code; the one before it counts no longer.</summary>
    /// <returns>The code, of which only the hash is kept; null when there is an administrator.</returns>
    public static (string Code, DateTimeOffset ExpiresAt)? Make(GatewayDb db, TimeProvider time)
    {
        if (HasAdministrator(db)) return null;
        var code = string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Characters, 4)));
        var expiresAt = time.GetUtcNow() + Lifetime;
        db.SetupCodes.ExecuteDelete();
        db.SetupCodes.Add(new SetupCodeRecord { CodeHash = NodeToken.HashOf(Normalised(code)), ExpiresAt = expiresAt });
        return (code, expiresAt);
    }

    /// <summary>Makes the first administrator. Of two people at once exactly one gets through.</summary>
    /// <exception cref="ProblemException">
    /// <see cref="ProblemCodes.AlreadySetUp"/>, <see cref="ProblemCodes.WrongSetupCode"/>, <see cref="ProblemCodes.SetupCodeExpired"/>,
    /// <see cref="ProblemCodes.TooManyAttempts"/>, or name or password can't be used: then the code still counts.
    /// </exception>
    public async Task<AccountRecord> RedeemAsync(string? code, string? name, string? displayName, string? password, string address)
    {
        if (addresses.Add(address) is { } wait) throw AccountProblems.TooMany(time.GetUtcNow() + wait);
        var account = accounts.Create(new NewAccount(name, displayName, GatewayRole.Administrator, password));
        var hash = NodeToken.HashOf(Normalised(code));
        var now = time.GetUtcNow();
        await writer.DecideAsync(db =>
        {
            if (HasAdministrator(db))
                throw new ProblemException(Problem.Conflict(ProblemCodes.AlreadySetUp, "This Gateway has an administrator already; sign in, or ask them for an account."));
            if (db.SetupCodes.AsNoTracking().FirstOrDefault() is not { } present || !NodeToken.Matches(Normalised(code), present.CodeHash))
                throw new ProblemException(new Problem(StatusCodes.Status403Forbidden, ProblemCodes.WrongSetupCode, "The setup code is wrong. The Gateway's console shows the one that counts."));
            if (now >= present.ExpiresAt)
                throw new ProblemException(new Problem(StatusCodes.Status403Forbidden, ProblemCodes.SetupCodeExpired, "The setup code has expired. Make a new one on the Gateway's machine: sophon-gateway admin setup-code"));

            // Deleting it says who was first, also where two processes share a store.
            if (db.SetupCodes.Where(record => record.CodeHash == hash).ExecuteDelete() != 1)
                throw new ProblemException(Problem.Conflict(ProblemCodes.AlreadySetUp, "Somebody else has used this setup code just now."));
            audit.Add(db, Caller.Of(Caller.Principal(account)), AuditAction.Setup, "the first administrator", address: address);
            return AccountDirectory.Add(db, account);
        });
        addresses.Forgive(address);
        return account;
    }

    static bool HasAdministrator(GatewayDb db) => db.Accounts.Any(account => account.Role == GatewayRole.Administrator && !account.Disabled);

    /// <summary>People leave the dashes out, and type small letters.</summary>
    static string Normalised(string? code) => string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit).Take(40)).ToUpperInvariant();
}
