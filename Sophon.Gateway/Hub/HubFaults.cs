using Microsoft.AspNetCore.SignalR;
using Sophon.Gateway.Metrics;

namespace Sophon.Gateway.Hub;

/// <summary>
/// Logs what hub methods throw. SignalR's own log of it is off: it holds a stack for every refusal, and a hostile Node could fill the disk with them.
/// </summary>
sealed class HubFaults(GatewayMetrics metrics, ILogger<HubFaults> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception error) when (error is not HubException)
        {
            metrics.HubFault(invocationContext.HubMethodName);
            logger.LogError(error, "The hub method {Method} failed", invocationContext.HubMethodName);
            throw new HubException("internal: The Gateway has a fault; its log says more.");
        }
    }
}
