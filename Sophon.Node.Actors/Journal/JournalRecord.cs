using System.Text.Json.Serialization;
using Sophon.Node.Protocol.Wire;

namespace Sophon.Node.Actors.Journal;

/// <summary>One fact of the journal. Parameters are in none of them: nothing is ever run again.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Begun), "begun")]
[JsonDerivedType(typeof(Owned), "owned")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Acknowledged), "acknowledged")]
[JsonDerivedType(typeof(Forgotten), "forgotten")]
public abstract record JournalRecord
{
    /// <summary>The first one of a file.</summary>
    /// <param name="Boot">Of the machine (<see cref="BootId"/>): after another boot, what was written last may be missing.</param>
    public sealed record Begun(string Boot) : JournalRecord;

    /// <summary>What follows belongs to this Gateway and Node id, and is told to nobody else.</summary>
    public sealed record Owned(string Owner) : JournalRecord;

    /// <param name="At">Wall clock.</param>
    public sealed record Accepted(string Id, string Type, DateTimeOffset At) : JournalRecord;

    /// <summary>Its device has it.</summary>
    public sealed record Started(string Id) : JournalRecord;

    /// <param name="At">Wall clock.</param>
    /// <param name="Withheld">The result had a payload, which is not written: too large, or it holds what a person typed or copied.</param>
    public sealed record Answered(CommandResult Result, DateTimeOffset At, bool Withheld) : JournalRecord;

    /// <summary>The Gateway has stored the result.</summary>
    public sealed record Acknowledged(string Id) : JournalRecord;

    /// <summary>The result was dropped before the Gateway had stored it.</summary>
    public sealed record Forgotten(string Id) : JournalRecord;
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, Converters = [typeof(Protocol.Json.ErrorCodeText), typeof(Protocol.Json.CommandStatusText)])]
[JsonSerializable(typeof(JournalRecord))]
sealed partial class JournalJson : JsonSerializerContext;
