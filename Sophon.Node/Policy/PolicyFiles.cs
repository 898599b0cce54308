using System.Security.Cryptography;
using System.Text;
using Sophon.Node.Actors.Policy;
using Sophon.Node.Actors.Policy.Grants;
using Sophon.Node.Files;
using Sophon.Node.Settings;

namespace Sophon.Node.Policy;

/// <summary>
/// Policy, grants and pause from their files. Each look reads all of them (a few small files) and makes a new snapshot when any has changed.
/// A policy that is not valid counts when two looks in a row have found it: an editor may be writing it just now.
/// </summary>
sealed class PolicyFiles : IPolicySource
{
    const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    static readonly string ThisBoot = File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : "";

    readonly NodeHome home;
    readonly AdministratorPolicy administrator;
    readonly TimeProvider time;
    readonly Lock looking = new();
    volatile PolicySnapshot current;
    PolicySnapshot? invalid;

    public PolicyFiles(NodeHome home, AdministratorPolicy administrator, TimeProvider time)
    {
        (this.home, this.administrator, this.time) = (home, administrator, time);
        current = Read();
    }

    public PolicySnapshot Current => current;

    public MachineClock Clock => new(time.GetUtcNow(), (long)time.GetElapsedTime(0).TotalMilliseconds, ThisBoot);

    public PolicySnapshot Look()
    {
        lock (looking)
        {
            var seen = Read();
            if (IsSame(seen, current)) invalid = null;
            else if (seen.Fault is null || (invalid is not null && IsSame(seen, invalid))) (current, invalid) = (seen, null);
            else invalid = seen;
            return current;
        }
    }

    public void Add(Grant grant)
    {
        GrantFiles.Add(home, grant, Clock);
        Look();
    }

    PolicySnapshot Read()
    {
        string? texts = null;
        PolicyLayer? beneath = null, user = null;
        string? fault = null;
        try
        {
            var beneathText = administrator.Read();
            var userText = PolicyText.Read(home.Policy, NodeHome.Show(home.Policy));
            texts = $"{beneathText}\0{userText}";
            beneath = beneathText is null ? null : new PolicyReader(administrator.Path, Strictness.Allow).Read(beneathText);
            user = userText is null ? null : new PolicyReader(NodeHome.Show(home.Policy), Strictness.Ask).Read(userText);
        }
        catch (SettingsException error)
        {
            fault = error.Message;
        }

        var policy = new NodePolicy(beneath, user ?? PolicyLayer.UserDefault(NodeHome.Show(home.Policy)));
        return new(policy, GrantFiles.Read(home), PauseFile.Read(home), fault) { Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(texts ?? fault ?? ""))) };
    }

    static bool IsSame(PolicySnapshot one, PolicySnapshot other) =>
        one.Sha256 == other.Sha256 && one.Fault == other.Fault && one.Pause == other.Pause && one.Grants.SequenceEqual(other.Grants);
}
