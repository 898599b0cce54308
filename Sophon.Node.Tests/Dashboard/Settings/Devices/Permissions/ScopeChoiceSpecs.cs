using Sophon.Gateway.Dashboard.Settings.Devices.Permissions;
using Sophon.Node.Protocol.Commands;
using Xunit;

namespace Sophon.Node.Tests.Dashboard.Settings.Devices.Permissions;

public class ScopeChoiceSpecs
{
    readonly ScopeChoice choice = new(Scopes.Default);

    [Fact]
    public void Choice_should_be_changed_only_while_it_differs()
    {
        Assert.False(choice.IsChanged);
        choice.Set(Scopes.InputControl, true);
        Assert.True(choice.IsChanged);
        Assert.Equal(["input.control", "notify.send", "screen.capture", "system.info"], choice.Ticked);
        choice.Set(Scopes.InputControl, false);
        Assert.False(choice.IsChanged);
    }

    [Fact]
    public void Change_elsewhere_should_show_when_nothing_was_ticked_here()
    {
        choice.Update([Scopes.InputControl]);
        Assert.Equal([Scopes.InputControl], choice.Ticked);
        Assert.False(choice.IsOvertaken);
    }

    [Fact]
    public void Change_elsewhere_should_keep_what_was_ticked_here_and_be_said()
    {
        choice.Set(Scopes.ClipboardAccess, true);
        choice.Update([Scopes.InputControl]);
        Assert.True(choice.IsOvertaken);
        Assert.True(choice.Has(Scopes.ClipboardAccess));
        choice.Discard();
        Assert.False(choice.IsOvertaken || choice.IsChanged);
        Assert.Equal([Scopes.InputControl], choice.Ticked);
    }

    [Fact]
    public void Own_change_that_was_saved_should_not_be_taken_for_another_s()
    {
        choice.Set(Scopes.ClipboardAccess, true);
        choice.Update(choice.Ticked);
        Assert.False(choice.IsOvertaken || choice.IsChanged);
    }

    [Fact]
    public void Full_access_should_cover_every_other_permission()
    {
        choice.Set(Scopes.NodeCommand, true);
        Assert.True(choice.IsCovered(Scopes.SystemExecute));
        Assert.False(choice.IsCovered(Scopes.NodeCommand));
    }

    [Fact]
    public void Groups_should_offer_every_scope_once_and_lead_to_every_command()
    {
        var offered = ScopeGroup.All.Where(group => group.Scope is not null).ToList();
        Assert.Equal(Scopes.All.Order(StringComparer.Ordinal), offered.Select(group => group.Scope!).Order(StringComparer.Ordinal));
        var single = offered.Where(group => group.Scope != Scopes.NodeCommand).SelectMany(group => group.Commands).Select(command => command.Name);
        Assert.Equal(CommandCatalog.All.Select(command => command.Name).Order(StringComparer.Ordinal), single.Order(StringComparer.Ordinal));
        Assert.All(offered.Where(group => group.Scope is Scopes.InputControl or Scopes.SystemExecute or Scopes.NodeCommand), group => Assert.NotNull(group.Warning));
    }
}
