using System.Text.Json;
using System.Text.Json.Serialization;
using Sophon.Node.Protocol.Commands;
using Sophon.Node.Protocol.Live;
using Sophon.Node.Protocol.Pairing;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Protocol.Json;

/// <summary>Source-generated JSON of everything on the wire: camelCase names, enums as lower-camel strings, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(ErrorCodeText), typeof(CommandStatusText)])]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(CommandResult))]
[JsonSerializable(typeof(ResultWithImage))]
[JsonSerializable(typeof(ImageStored))]
[JsonSerializable(typeof(StartLiveView))]
[JsonSerializable(typeof(StopLiveView))]
[JsonSerializable(typeof(LiveStatus))]
[JsonSerializable(typeof(LiveTaken))]
[JsonSerializable(typeof(CommandOutput))]
[JsonSerializable(typeof(CommandAwaitingConsent))]
[JsonSerializable(typeof(KeptAuditHead))]
[JsonSerializable(typeof(ExecuteCommand))]
[JsonSerializable(typeof(CancelCommand))]
[JsonSerializable(typeof(UpdateScopes))]
[JsonSerializable(typeof(Revoke))]
[JsonSerializable(typeof(Disconnecting))]
[JsonSerializable(typeof(RegisterNodeRequest))]
[JsonSerializable(typeof(RegisterNodeResponse))]
[JsonSerializable(typeof(PairRequest))]
[JsonSerializable(typeof(PairResponse))]
[JsonSerializable(typeof(CommandError))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
public sealed partial class ProtocolJson : JsonSerializerContext;

/// <summary>Lower-camel strings; numbers are refused.</summary>
public sealed class ErrorCodeText() : JsonStringEnumConverter<ErrorCode>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

/// <summary>Lower-camel strings; numbers are refused.</summary>
public sealed class CommandStatusText() : JsonStringEnumConverter<CommandStatus>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
