using Sophon.Gateway.Accounts;
using Sophon.Gateway.Tokens;

namespace Sophon.Gateway.Changes;

/// <summary>Publishes what changes of users and API tokens. Both are used by verbs beside the Gateway too, where nobody looks.</summary>
sealed class AccountChanges(ChangeFeed feed, AccountDirectory accounts, ApiTokens tokens) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        accounts.Changed += Publish;
        tokens.Changed += Publish;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        accounts.Changed -= Publish;
        tokens.Changed -= Publish;
        return Task.CompletedTask;
    }

    void Publish(string id) => feed.Publish(Topic.Accounts, id);
}
