using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Sophon.Gateway.Accounts;

namespace Sophon.Gateway.Dashboard.Security;

/// <summary>
/// Who looks at an open page. A page lives long after the request that brought it: the account is asked for again when it was
/// changed here, and every few seconds, since another process may have changed it.
/// </summary>
sealed class CircuitSession : ServerAuthenticationStateProvider, IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    readonly AccountSessions sessions;
    readonly TimeProvider time;
    readonly ILogger logger;
    readonly CancellationTokenSource ended = new();

    public CircuitSession(AccountSessions sessions, TimeProvider time, ILogger<CircuitSession> logger)
    {
        (this.sessions, this.time, this.logger) = (sessions, time, logger);
        AuthenticationStateChanged += state => _ = WatchAsync(state);
    }

    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    async Task WatchAsync(Task<AuthenticationState> state)
    {
        var cancellation = ended.Token;
        var user = (await state).User;
        if (Caller.TryOf(user) is not { } caller) return;
        using var changed = new SemaphoreSlim(0);
        using var subscription = sessions.Subscribe(user, () => changed.Release());
        try
        {
            while (true)
            {
                await changed.WaitAsync(Interval, cancellation);
                if (await RefreshAsync(user) is not { } now) SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal())));
                else if (IsSame(user, now)) continue;
                else SetAuthenticationState(Task.FromResult(new AuthenticationState(now)));
                return; // the new state is watched by its own loop
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
    }

    /// <returns>The user as before when the store doesn't answer: a moment's fault signs nobody out, and each act asks again.</returns>
    async Task<ClaimsPrincipal?> RefreshAsync(ClaimsPrincipal user)
    {
        try
        {
            return await sessions.RefreshAsync(user);
        }
        catch (DbException error)
        {
            logger.LogWarning("Whether a session still counts could not be read: {Reason}", error.Message);
            return user;
        }
    }

    static bool IsSame(ClaimsPrincipal before, ClaimsPrincipal now) =>
        Caller.Of(before).Role == Caller.Of(now).Role && Caller.DisplayNameOf(before) == Caller.DisplayNameOf(now);
}
