using Sophon.Node.Platform.Linux.Consent;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;
using Sophon.Node.Tests.Support.X11;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.Consent;

/// <summary>zenity and kdialog as they are, on an X server of its own.</summary>
[Trait("kind", "real")]
public sealed class LinuxConsentPromptSpecs : IAsyncLifetime
{
    const string Canary = "c4n4ry";

    XvfbServer server = null!;
    DialogWitness person = null!;

    static ConsentQuestion Question(bool offersTenMinutes = true) => new(
        "Sophon Node: may this program run?", $"Program: \"<b>{Canary}</b>\"\n--extra-button=Yes &amp; <span foreground='white'>hidden</span>\n%s \\n $(touch /tmp/x) `id`\n", "<b>brief</b> & \"text\"\nline 2\n", offersTenMinutes);

    public async ValueTask InitializeAsync()
    {
        server = await XvfbServer.StartAsync();
        person = new DialogWitness(server);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData(DialogWitness.Once, ConsentAnswer.Once)]
    [InlineData(DialogWitness.TenMinutes, ConsentAnswer.ForTenMinutes)]
    [InlineData(DialogWitness.Deny, ConsentAnswer.Deny)]
    [InlineData(DialogWitness.Close, ConsentAnswer.Deny)]
    public async Task Button_should_be_the_answer(int button, ConsentAnswer expected)
    {
        var answer = person.Prompt().AskAsync(Question(), CancellationToken.None);
        await person.ClickAsync(button);
        Assert.Equal(expected, await answer);
    }

    [Fact]
    public async Task Without_ten_minutes_the_last_button_should_be_once()
    {
        var answer = person.Prompt().AskAsync(Question(offersTenMinutes: false), CancellationToken.None);
        await person.ClickAsync(DialogWitness.OnceAlone);
        Assert.Equal(ConsentAnswer.Once, await answer);
    }

    [Theory]
    [InlineData("Return")]
    [InlineData("Escape")]
    [InlineData("KP_Enter")]
    public async Task Key_that_happens_to_be_pressed_should_deny(string key)
    {
        var answer = person.Prompt().AskAsync(Question(), CancellationToken.None);
        await person.PressAsync(key);
        Assert.Equal(ConsentAnswer.Deny, await answer);
    }

    [Fact]
    public async Task Text_should_be_in_no_process_list()
    {
        using var done = new CancellationTokenSource();
        var answer = person.Prompt().AskAsync(Question(), done.Token);
        await person.WaitAsync();
        var lists = Directory.EnumerateFiles("/proc", "cmdline", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true });
        Assert.DoesNotContain(lists, file => TryRead(file).Contains(Canary, StringComparison.Ordinal));
        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Withdrawn_question_should_be_off_the_screen()
    {
        using var withdrawn = new CancellationTokenSource();
        var answer = person.Prompt().AskAsync(Question(), withdrawn.Token);
        await person.WaitAsync();
        await withdrawn.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await person.WaitUntilGoneAsync();
    }

    [Fact]
    public async Task No_display_should_be_said()
    {
        var none = new LinuxConsentPrompt(new Dictionary<string, string?> { ["DISPLAY"] = null, ["WAYLAND_DISPLAY"] = "" }, _ => true);
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => none.AskAsync(Question(), CancellationToken.None));
        await server.KillAsync();
        await Assert.ThrowsAsync<DisplayUnavailableException>(() => person.Prompt().AskAsync(Question(), CancellationToken.None));
    }

    [Fact]
    public async Task Display_that_dies_under_the_question_should_be_no_yes()
    {
        var answer = person.Prompt().AskAsync(Question(), CancellationToken.None);
        await person.WaitAsync();
        await server.KillAsync();
        var ended = await Record.ExceptionAsync(() => answer);
        Assert.True(ended is PlatformException || (ended is null && await answer == ConsentAnswer.Deny), ended?.ToString());
    }

    [Fact]
    public async Task No_helper_should_be_said_with_its_install_command()
    {
        var error = await Assert.ThrowsAsync<ToolMissingException>(() => person.Prompt("none").AskAsync(Question(), CancellationToken.None));
        Assert.Equal("sudo apt install zenity", error.InstallCommand);
    }

    [Fact]
    public async Task Kdialog_should_deny_by_default_and_take_a_choice()
    {
        if (ProgramPath.Find("kdialog") is null) Assert.Skip("kdialog is not installed (sudo apt install kdialog); it brings half of KDE");
        var denied = person.Prompt("kdialog").AskAsync(Question(), CancellationToken.None);
        await person.PressAsync("Return");
        Assert.Equal(ConsentAnswer.Deny, await denied);
        await person.WaitUntilGoneAsync();

        var once = person.Prompt("kdialog").AskAsync(Question(), CancellationToken.None);
        await person.PressAsync("Down");
        await person.PressAsync("Return");
        Assert.Equal(ConsentAnswer.Once, await once);
    }

    static string TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
