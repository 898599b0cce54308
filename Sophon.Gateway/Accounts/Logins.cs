using Sophon.Gateway.Audit;
using Sophon.Gateway.Limits;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Accounts;

/// <summary>Checks passwords. A wrong one costs the user's lockout after ten in a row and the address' minute; a name that is not there answers alike.</summary>
sealed class Logins(AccountDirectory directory, Passwords passwords, AuditLog audit, TimeProvider time, ILogger<Logins> logger)
{
    public const int WrongBeforeLock = 10;
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(10);

    const int TriesPerAddress = 30;
    const int RememberedNames = 10_000;

    readonly AttemptWindow addresses = new(TriesPerAddress, time);
    readonly Lock gate = new();
    readonly RecentEntries<Unknown> unknowns = new(RememberedNames);

    /// <returns>The account, signed in as of now.</returns>
    /// <exception cref="ProblemException"><see cref="ProblemCodes.WrongCredentials"/>, <see cref="ProblemCodes.Locked"/> or <see cref="ProblemCodes.TooManyAttempts"/>.</exception>
    public async Task<AccountRecord> SignInAsync(string? user, string? password, string address)
    {
        if (addresses.Add(address) is { } wait) throw AccountProblems.TooMany(time.GetUtcNow() + wait);
        var name = AccountChecks.Normalised(user) ?? "";
        var account = await directory.FindByNameAsync(name);
        if (account?.LockedUntil is { } until && until > time.GetUtcNow()) throw AccountProblems.Locked(until);

        var (right, old) = passwords.Verify(account, password);
        if (account is null) throw Refuse(name, address);
        if (!right || account.Disabled) throw await RefuseAsync(account, address);
        var hash = old ? passwords.Hash(password!) : null;
        var signedIn = await directory.ChangeAsync(account.Id, (db, present) =>
        {
            // Wrong ones that ran beside it may have locked the account, and an administrator may have disabled it.
            if (present.LockedUntil is { } locked && locked > time.GetUtcNow()) throw AccountProblems.Locked(locked);
            if (present.Disabled || present.SecurityStamp != account.SecurityStamp) throw AccountProblems.WrongCredentials();
            audit.Add(db, CallerOf(present), AuditAction.Login, address: address);
            return present with { FailedLogins = 0, LockedUntil = null, LastLoginAt = time.GetUtcNow(), PasswordHash = hash ?? present.PasswordHash };
        });
        addresses.Forgive(address);
        return signedIn;
    }

    /// <summary>Somebody who is signed in gives their password again. Wrong ones count as at the login.</summary>
    /// <exception cref="ProblemException"><see cref="ProblemCodes.WrongPassword"/>, <see cref="ProblemCodes.Locked"/> or <see cref="ProblemCodes.TooManyAttempts"/>.</exception>
    public async Task ConfirmAsync(string? user, string? password, string address)
    {
        try
        {
            await SignInAsync(user, password, address);
        }
        catch (ProblemException refused) when (refused.Problem.Code == ProblemCodes.WrongCredentials)
        {
            throw new ProblemException(new Problem(StatusCodes.Status403Forbidden, ProblemCodes.WrongPassword, "The current password is wrong."));
        }
    }

    async Task<ProblemException> RefuseAsync(AccountRecord account, string address)
    {
        var now = time.GetUtcNow();
        var changed = await directory.ChangeAsync(account.Id, (db, present) =>
        {
            if (present.LockedUntil > now) return present;
            var locks = present.FailedLogins + 1 >= WrongBeforeLock;
            audit.Add(db, CallerOf(present), locks ? AuditAction.UserLocked : AuditAction.LoginFailed, locks ? $"until {now + LockTime:u}" : present.Disabled ? "disabled" : null, address: address);
            return locks ? present with { FailedLogins = 0, LockedUntil = now + LockTime } : present with { FailedLogins = present.FailedLogins + 1 };
        });
        if (!(changed.LockedUntil > now)) return AccountProblems.WrongCredentials();
        logger.LogWarning("{User} is locked until {Until:O}: {Count} wrong passwords, the last from {Address}", account.Name, changed.LockedUntil, WrongBeforeLock, address);
        return AccountProblems.Locked(changed.LockedUntil.Value);
    }

    /// <summary>Who is not there gets locked as well: else the lock would tell who is.</summary>
    ProblemException Refuse(string name, string address)
    {
        // What was typed is not told: people type passwords into the wrong field.
        audit.WriteBehind(null, AuditAction.LoginFailed, "unknown user", address: address);
        lock (gate)
        {
            var now = time.GetUtcNow();
            var known = unknowns.Find(name);
            if (known.LockedUntil > now) return AccountProblems.Locked(known.LockedUntil.Value);
            var locks = known.Failed + 1 >= WrongBeforeLock;
            unknowns.Set(name, locks ? new Unknown(0, now + LockTime) : new Unknown(known.Failed + 1, null));
            return locks ? AccountProblems.Locked(now + LockTime) : AccountProblems.WrongCredentials();
        }
    }

    static Caller CallerOf(AccountRecord account) => Caller.Of(Caller.Principal(account));

    readonly record struct Unknown(int Failed, DateTimeOffset? LockedUntil);
}
