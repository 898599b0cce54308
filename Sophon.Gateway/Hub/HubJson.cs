using System.Text.Encodings.Web;
using System.Text.Json;
using Sophon.Node.Protocol.Json;

namespace Sophon.Gateway.Hub;

static class HubJson
{
    /// <summary>As the protocol's, but that text travels as it is: escaped, a euro sign takes 6 bytes of the message's limit instead of 3.</summary>
    public static readonly JsonSerializerOptions Options = new(ProtocolJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
