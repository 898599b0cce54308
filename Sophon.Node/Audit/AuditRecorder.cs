using Sophon.Node.Actors;
using Sophon.Node.Actors.Audit;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Audit;

/// <summary>Records what the tree tells of itself and no command did: pairing and its end.</summary>
sealed class AuditRecorder(IAuditLog audit)
{
    public void On(NodeEvents.INodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvents.Paired paired: audit.Record(new AuditEntry("paired") { Detail = $"Node {paired.Identity.Token.NodeId} at {paired.Identity.GatewayUrl.GetLeftPart(UriPartial.Authority)}" }); break;
            case NodeEvents.ConnectionRefused { Reason: DisconnectReasons.Revoked }: audit.Record(new AuditEntry("unpaired") { By = "Gateway", Detail = "revoked" }); break;
        }
    }
}
