using Sophon.Node.Actors.Policy;
using Sophon.Node.Actors.Policy.Grants;
using Sophon.Node.Files;
using Sophon.Node.Files.Unix;
using Sophon.Node.Policy;
using Sophon.Node.Tests.Support;
using Xunit;
using static Sophon.Node.Tests.Actors.Policy.Policies;

namespace Sophon.Node.Tests.Node.Policy;

public sealed class PolicyFilesSpecs : IDisposable
{
    readonly TestFolder folder = new();
    readonly NodeHome home;
    readonly string administratorFile;

    public PolicyFilesSpecs()
    {
        home = new NodeHome(folder.File("home"));
        Directory.CreateDirectory(home.Folder);
        Directory.CreateDirectory(folder.File("etc"));
        administratorFile = Path.Combine(folder.File("etc"), "policy.conf");
        File.SetUnixFileMode(folder.File("etc"), (UnixFileMode)0b111_101_101);
    }

    public void Dispose() => folder.Dispose();

    // The tests may run as any user: that one is the administrator here.
    PolicyFiles Open() => new(home, new AdministratorPolicy(administratorFile, path => UnixOwnership.FaultOf(path, FileOwner.Of(folder.Path)!.Value)), TimeProvider.System);

    void WriteAdministrator(string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        File.WriteAllText(administratorFile, text);
        File.SetUnixFileMode(administratorFile, mode);
    }

    static Strictness Decide(PolicySnapshot snapshot, string type)
    {
        var (definition, arguments, program) = Command(type, type == "system.execute" ? new { command = "true" } : null);
        return snapshot.Policy.Decide(definition, arguments, program, call => snapshot.Grants.Any(grant => grant.Digest is null || grant.Digest == call.Digest())).Strictness;
    }

    [Fact]
    public void Without_files_programs_should_need_consent_and_nothing_else_be_restricted()
    {
        var snapshot = Open().Current;
        Assert.Null(snapshot.Fault);
        Assert.Equal((Strictness.Ask, Strictness.Allow), (Decide(snapshot, "system.execute"), Decide(snapshot, "clipboard.read")));
    }

    [Fact]
    public void Look_should_take_changes_and_give_the_same_snapshot_without_any()
    {
        var files = Open();
        Assert.Same(files.Current, files.Look());
        File.WriteAllText(home.Policy, "commands.deny = [\"clipboard.*\"]");
        var changed = files.Look();
        Assert.Equal(Strictness.Deny, Decide(changed, "clipboard.read"));
        Assert.Same(changed, files.Look());
        File.Delete(home.Policy);
        Assert.Equal(Strictness.Allow, Decide(files.Look(), "clipboard.read"));
    }

    [Fact]
    public void Policy_that_became_invalid_should_deny_everything_at_the_second_look()
    {
        File.WriteAllText(home.Policy, "commands.deny = [\"clipboard.*\"]");
        var files = Open();
        var before = files.Current;
        File.WriteAllText(home.Policy, "commands {");
        Assert.Same(before, files.Look());
        var fault = files.Look().Fault;
        Assert.Contains("line 1", fault, StringComparison.Ordinal);
        var (definition, arguments, program) = Command("system.info");
        Assert.Equal(Sophon.Node.Protocol.Commands.ErrorCode.Denied, PolicyGate.Decide(files.Current, files.Clock, definition, arguments, program).Error!.Code);
        File.WriteAllText(home.Policy, "");
        Assert.Null(files.Look().Fault);
    }

    [Fact]
    public void Administrators_policy_should_lie_beneath_the_users()
    {
        WriteAdministrator("commands.deny = [\"clipboard.*\"]\nsystem-execute = deny");
        File.WriteAllText(home.Policy, "commands.allow = [\"*\"]\nsystem-execute = allow");
        var files = Open();
        files.Add(Grant.Create(files.Clock, TimeSpan.FromMinutes(1), null, null, "me"));
        Assert.Equal((Strictness.Deny, Strictness.Deny, Strictness.Allow), (Decide(files.Current, "clipboard.read"), Decide(files.Current, "system.execute"), Decide(files.Current, "system.info")));
    }

    [Fact]
    public void Administrators_policy_that_others_can_write_should_be_an_error()
    {
        WriteAdministrator("", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        Assert.Contains("can be written by others", Open().Current.Fault, StringComparison.Ordinal);
        WriteAdministrator("");
        Assert.Null(Open().Current.Fault);
        File.SetUnixFileMode(folder.File("etc"), (UnixFileMode)0b111_111_111);
        Assert.Contains("can be written by others", Open().Current.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Administrators_policy_of_another_owner_or_behind_a_link_should_be_an_error()
    {
        WriteAdministrator("");
        var other = new PolicyFiles(home, new AdministratorPolicy(administratorFile, path => UnixOwnership.FaultOf(path, FileOwner.Of(folder.Path)!.Value + 1)), TimeProvider.System);
        Assert.Contains("belongs to the user with id", other.Current.Fault, StringComparison.Ordinal);
        File.Move(administratorFile, folder.File("mine.conf"));
        File.CreateSymbolicLink(administratorFile, folder.File("mine.conf"));
        Assert.Contains("symbolic link", Open().Current.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Grants_should_outlive_the_process_and_end_when_revoked()
    {
        var files = Open();
        var grant = Grant.Create(files.Clock, TimeSpan.FromMinutes(1), null, null, "me");
        files.Add(grant);
        Assert.Equal(Strictness.Allow, Decide(files.Current, "system.execute"));
        var restarted = Open();
        Assert.Equal(grant, Assert.Single(restarted.Current.Grants));
        GrantFiles.Delete(home, grant);
        Assert.Empty(restarted.Look().Grants);
    }

    [Fact]
    public void Folders_above_a_grant_should_be_private_too()
    {
        var files = Open();
        files.Add(Grant.Create(files.Clock, TimeSpan.FromMinutes(1), null, null, "me"));
        foreach (var made in new[] { home.State, home.Grants }) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"x\"}")]
    [InlineData("[1]")]
    public void What_is_no_grant_should_grant_nothing(string text)
    {
        Directory.CreateDirectory(home.Grants);
        File.WriteAllText(Path.Combine(home.Grants, "x.json"), text);
        var files = Open();
        Assert.Null(files.Current.Fault);
        Assert.DoesNotContain(files.Current.Grants, grant => grant.Remaining(files.Clock) > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("nonsense")]
    public void Pause_should_hold_whatever_is_in_its_file(string text)
    {
        Directory.CreateDirectory(home.State);
        File.WriteAllText(home.Paused, text);
        Assert.NotNull(Open().Current.Pause);
        File.Delete(home.Paused);
        Assert.Null(Open().Current.Pause);
    }
}
