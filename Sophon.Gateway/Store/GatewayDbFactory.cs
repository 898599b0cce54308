using Microsoft.EntityFrameworkCore;

namespace Sophon.Gateway.Store;

/// <summary>Hands out one provider's contexts as <see cref="GatewayDb"/>, so that nobody else knows which store it is.</summary>
sealed class GatewayDbFactory<TContext>(IDbContextFactory<TContext> contexts) : IDbContextFactory<GatewayDb>
    where TContext : GatewayDb
{
    public GatewayDb CreateDbContext() => contexts.CreateDbContext();
}
