using Sophon.Gateway.Audit;
using Sophon.Gateway.Problems;
using Sophon.Gateway.Store;

namespace Sophon.Gateway.Accounts;

/// <summary>What administrators do with users, and what users do with their own account. One administrator who can sign in always stays.</summary>
sealed class AccountService(AccountDirectory directory, StoreWriter writer, Passwords passwords, AuditLog audit, TimeProvider time)
{
    public Task<IReadOnlyList<AccountRecord>> ListAsync(CancellationToken cancellationToken = default) => directory.AllAsync(cancellationToken);

    /// <exception cref="ProblemException">Name or password can't be used.</exception>
    public async Task<AccountRecord> AddAsync(Caller by, NewAccount account)
    {
        var record = Create(account);
        await writer.DecideAsync(db =>
        {
            AccountDirectory.Add(db, record);
            audit.Add(db, by, AuditAction.UserAdded, $"{record.Name} as {Word(record.Role)}");
            return record;
        });
        directory.Announce(record.Id);
        return record;
    }

    /// <summary>An account that is not in the store yet.</summary>
    /// <exception cref="ProblemException">Name or password can't be used.</exception>
    public AccountRecord Create(NewAccount account)
    {
        var name = AccountChecks.Name(account.Name);
        return new AccountRecord
        {
            Id = AccountChecks.NewId(),
            Name = name,
            DisplayName = AccountChecks.DisplayName(account.DisplayName, name),
            Role = account.Role,
            PasswordHash = passwords.Hash(AccountChecks.Password(account.Password, name)),
            SecurityStamp = AccountChecks.NewStamp(),
            CreatedAt = time.GetUtcNow(),
        };
    }

    /// <summary>
    /// Changes what is given, all of it or nothing. A role holds in open sessions within seconds, without a new login;
    /// disabling ends them, enabling also unlocks the user.
    /// </summary>
    /// <exception cref="ProblemException">There is no such user, it is the last administrator, or the name can't be used.</exception>
    public Task<AccountRecord> ChangeAsync(Caller by, string id, UserChanges changes) => directory.ChangeAsync(id, (db, account) =>
    {
        if (changes.Role is not null and not GatewayRole.Administrator || changes.Disabled == true) KeepOneAdministrator(db, account);
        var next = account with
        {
            DisplayName = changes.DisplayName is { } name ? AccountChecks.DisplayName(name, account.Name) : account.DisplayName,
            Role = changes.Role ?? account.Role,
        };
        if (changes.Disabled is { } disabled && disabled != account.Disabled)
            next = next with { Disabled = disabled, SecurityStamp = AccountChecks.NewStamp(), FailedLogins = 0, LockedUntil = null };
        if (next == account) return account;
        audit.Add(db, by, AuditAction.UserChanged, $"{next.Name}: {Word(next.Role)}{(next.Disabled ? ", disabled" : "")}, shown as \"{next.DisplayName}\"");
        return next;
    });

    /// <summary>A new password by somebody else; ends all sessions of the account and unlocks it.</summary>
    public Task<AccountRecord> ResetPasswordAsync(Caller by, string id, string? password) => SetPasswordAsync(by, id, password);

    /// <summary>A new password by its owner, who has given the current one (<see cref="Logins.ConfirmAsync"/>); ends all sessions, so the one that asks has to be signed in anew.</summary>
    /// <exception cref="ProblemException">It can't be used.</exception>
    public Task<AccountRecord> SetOwnPasswordAsync(Caller by, string id, string? password) => SetPasswordAsync(by, id, password);

    /// <summary>Ends all sessions of the account, in all browsers.</summary>
    public Task<AccountRecord> SignOutEverywhereAsync(Caller by, string id) =>
        directory.ChangeAsync(id, (db, account) =>
        {
            audit.Add(db, by, AuditAction.SignedOutEverywhere, account.Name);
            return account with { SecurityStamp = AccountChecks.NewStamp() };
        });

    /// <exception cref="ProblemException">It is the last administrator.</exception>
    public Task RemoveAsync(Caller by, string id) => directory.RemoveAsync(id, (db, account) =>
    {
        KeepOneAdministrator(db, account);
        audit.Add(db, by, AuditAction.UserRemoved, account.Name);
    });

    async Task<AccountRecord> SetPasswordAsync(Caller by, string id, string? password)
    {
        // Hashing takes its time: not in the writer, where everybody else would wait for it.
        var name = (await directory.FindAsync(id))?.Name ?? "";
        var hash = passwords.Hash(AccountChecks.Password(password, name));
        return await directory.ChangeAsync(id, (db, account) =>
        {
            audit.Add(db, by, AuditAction.PasswordChanged, account.Name);
            return account with { PasswordHash = hash, SecurityStamp = AccountChecks.NewStamp(), FailedLogins = 0, LockedUntil = null };
        });
    }

    static string Word(GatewayRole role) => role.ToString().ToLowerInvariant();

    static void KeepOneAdministrator(GatewayDb db, AccountRecord account)
    {
        if (account is not { Role: GatewayRole.Administrator, Disabled: false }) return;
        if (!db.Accounts.Any(other => other.Id != account.Id && other.Role == GatewayRole.Administrator && !other.Disabled))
            throw new ProblemException(Problem.Conflict(ProblemCodes.LastAdministrator, $"{account.Name} is the last administrator who can sign in; make another one first."));
    }
}
