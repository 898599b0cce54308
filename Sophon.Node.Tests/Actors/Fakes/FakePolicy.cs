using Sophon.Node.Actors.Policy;
using Sophon.Node.Actors.Policy.Grants;

namespace Sophon.Node.Tests.Actors.Fakes;

/// <summary>Policy, grants and pause in memory.</summary>
sealed class FakePolicy : IPolicySource
{
    const string File = "~/.sophon-node/policy.conf";

    volatile PolicySnapshot current = new(new NodePolicy(null, PolicyLayer.UserDefault(File)), [], null, null);

    /// <summary>What the next look finds; in force from then.</summary>
    public PolicySnapshot Next { get; set; }

    public FakePolicy() => Next = current;

    public PolicySnapshot Current => current;

    public MachineClock Clock { get; set; } = new(DateTimeOffset.UtcNow, Environment.TickCount64, "boot");

    public PolicySnapshot Look() => current = Next;

    public void Add(Grant grant) => current = Next = current with { Grants = [.. current.Grants, grant] };

    /// <summary>What programs get that no rule covers, at once.</summary>
    public void Programs(Strictness decision) => Set(current with { Policy = new NodePolicy(null, Layer(decision)) });

    public void Set(PolicySnapshot snapshot) => current = Next = snapshot;

    public static PolicyLayer Layer(Strictness decision) => new() { File = File, OtherPrograms = (decision, new PolicyRule(File, 1, "system-execute")) };
}
