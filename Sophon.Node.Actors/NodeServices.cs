using Sophon.Node.Actors.Audit;
using Sophon.Node.Actors.GatewayConnection.Hub;
using Sophon.Node.Actors.Journal;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Actors;

/// <summary>What the composition root gives the tree.</summary>
/// <param name="Time">For durations and deadlines; actors' timers run on Akka's scheduler.</param>
/// <param name="Journal">Not touched by pairing.</param>
public sealed record NodeServices(
    NodeSettings Settings,
    NodeFacts Facts,
    INodeIdentityStore Identity,
    IPairingClient PairingClient,
    IGatewayHubFactory HubFactory,
    IDesktop Desktop,
    IImageEncoder ImageEncoder,
    IPolicySource Policy,
    IProgramLocator Programs,
    IConsentPrompt Consent,
    IAuditLog Audit,
    TimeProvider Time,
    IJournalStore Journal);
