using System.Security.Claims;

namespace Sophon.Gateway.Accounts;

/// <summary>
/// Tells whether somebody who signed in is signed in still, and as what. Requests ask at each call; a page that stays open
/// (a Blazor circuit) subscribes, and asks every few seconds too: another process may have changed the account.
/// </summary>
sealed class AccountSessions(AccountDirectory directory)
{
    /// <returns>The person as their account is now: role and display name may differ. Null when the session is over.</returns>
    public async Task<ClaimsPrincipal?> RefreshAsync(ClaimsPrincipal user)
    {
        if (Caller.TryOf(user)?.AccountId is not { } id) return null;
        return await directory.FindAsync(id) is { Disabled: false } account && account.SecurityStamp == Caller.StampOf(user)
            ? Caller.Principal(account)
            : null;
    }

    /// <summary>Calls back, on any thread, when the account was changed; ask <see cref="RefreshAsync"/> then.</summary>
    /// <returns>Ends the subscription when disposed.</returns>
    public IDisposable Subscribe(ClaimsPrincipal user, Action changed)
    {
        var id = Caller.TryOf(user)?.AccountId;
        void OnChanged(string account)
        {
            if (account == id) changed();
        }

        directory.Changed += OnChanged;
        return new Subscription(() => directory.Changed -= OnChanged);
    }

    sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
