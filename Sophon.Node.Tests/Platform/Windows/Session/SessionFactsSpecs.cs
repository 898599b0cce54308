using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Windows;
using Xunit;

namespace Sophon.Node.Tests.Platform.Windows.Session;

public sealed class SessionFactsSpecs
{
    static readonly SessionFacts Person = new(1, true, "Default", "Default");

    [Fact]
    public void Persons_session_should_be_active()
    {
        Assert.Equal(SessionState.Active, Person.State);
        Person.RequireUnlocked();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Service_should_have_no_display_and_be_told_of_the_logon_task(uint session, bool visible)
    {
        var service = Person with { SessionId = session, StationVisible = visible };

        Assert.Equal(SessionState.NoDisplay, service.State);
        var refusal = Assert.Throws<DisplayUnavailableException>(service.RequireDesktop);
        Assert.Contains("logon task", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Winlogon")]
    [InlineData("Screen-saver")]
    [InlineData(null)]
    public void Other_input_desktop_should_be_a_locked_screen(string? input)
    {
        var locked = Person with { InputDesktop = input };

        Assert.Equal(SessionState.Locked, locked.State);
        locked.RequireDesktop();
        Assert.Throws<DisplayUnavailableException>(locked.RequireUnlocked);
    }
}
