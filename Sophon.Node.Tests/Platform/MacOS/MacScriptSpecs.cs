using Jint;
using Sophon.Node.Platform.MacOS;
using Xunit;

namespace Sophon.Node.Tests.Platform.MacOS;

/// <summary>The scripts in a JavaScript interpreter, with stand-ins for the Objective-C bridge and System Events that keep a record.</summary>
public sealed class MacScriptSpecs
{
    const string Bridge = """
        const record = [];
        let input = '{}';
        function delay() {}
        const ObjC = {
          import() {}, bindFunction() {},
          unwrap: (value) => value, deepUnwrap: (value) => value, castRefToObject: (value) => value,
        };
        function $(value) { return value === undefined ? null : { text: value, dataUsingEncoding: () => ({ bytes: value }) }; }
        Object.assign($, {
          NSUTF8StringEncoding: 4,
          NSFileHandle: { fileHandleWithStandardInput: { readDataToEndOfFile: 'data' } },
          NSString: { alloc: { initWithDataEncoding: () => input } },
          CGEventCreateKeyboardEvent: (source, code, down) => ({ code: code, down: down }),
          CGEventKeyboardSetUnicodeString: (event, length, text) => { event.text = text.slice(0, length); },
          CGEventSetFlags: (event, flags) => { event.flags = flags; },
          NSEvent: { eventWithCGEvent: (event) => ({ characters: event.text }) },
          CGEventPost: (tap, event) => { record.push(event); },
        });
        """;

    [Fact]
    public void Typing_should_post_each_character_down_and_up_with_no_modifiers()
    {
        var engine = Load("type");
        Assert.Equal("""{"value":null}""", Run(engine, """{"pieces":["it's \"q\" \\ 😀","\n","\t"]}"""));

        Assert.Equal(
            ["0 it's \"q\" \\ 😀 true", "0 it's \"q\" \\ 😀 false", "36 undefined true", "36 undefined false", "48 undefined true", "48 undefined false"],
            Strings(engine, "record.map((event) => event.code + ' ' + event.text + ' ' + event.down)"));
        Assert.All(Strings(engine, "record.map((event) => String(event.flags))"), flags => Assert.Equal("0", flags));
    }

    [Fact]
    public void Text_that_macOS_did_not_take_should_be_a_failure()
    {
        var engine = Load("type");
        engine.Execute("$.NSEvent.eventWithCGEvent = () => ({ characters: 'a' });");

        Assert.Contains("\"kind\":\"failed\"", Run(engine, """{"pieces":["äöü"]}"""), StringComparison.Ordinal);
        Assert.Empty(Strings(engine, "record"));
    }

    [Fact]
    public void Monitors_should_be_counted_from_the_primary_ones_top()
    {
        var engine = Load("monitors");
        // The second stands on the left, its bottom 100 points below the first one's.
        engine.Execute("""
            const screen = (id, x, y, width, height, scale) => ({ frame: { origin: { x: x, y: y }, size: { width: width, height: height } },
              deviceDescription: { objectForKey: () => id }, localizedName: 'M' + id, backingScaleFactor: scale });
            $.NSScreen = { screens: [screen(1, 0, 0, 1440, 900, 2), screen(2, -1920, -100, 1920, 1080, 1)] };
            """);

        Assert.Equal(
            """{"value":[{"id":"1","name":"M1","isPrimary":true,"x":0,"y":0,"width":1440,"height":900,"scale":2},{"id":"2","name":"M2","isPrimary":false,"x":-1920,"y":-80,"width":1920,"height":1080,"scale":1}]}""",
            Run(engine, "{}"));
    }

    [Fact]
    public void Windows_should_join_the_servers_numbers_with_system_events()
    {
        var engine = LoadWithWindows("windows-list");

        Assert.Equal(
            """{"value":[{"id":"12","title":"Two","app":"Mail","processId":5,"x":0,"y":0,"width":50,"height":50,"focused":false,"minimized":true,"order":0},{"id":"11","title":"One","app":"Mail","processId":5,"x":10,"y":20,"width":300,"height":200,"focused":true,"minimized":false,"order":1}]}""",
            Run(engine, "{}"));
    }

    [Fact]
    public void Window_should_be_placed_and_raised()
    {
        var engine = LoadWithWindows("window-act");

        Run(engine, """{"id":"11","action":"place","x":1,"y":2,"width":30,"height":40}""");
        Run(engine, """{"id":"12","action":"focus"}""");

        Assert.Equal("1,2 30,40", engine.Evaluate("one.placed + ' ' + one.sized").AsString());
        Assert.Equal("false true AXRaise", engine.Evaluate("two.state.AXMinimized + ' ' + mail.frontmost + ' ' + two.done").AsString());
    }

    [Fact]
    public void Window_that_is_gone_should_be_not_found() => Assert.Equal(
        """{"error":{"kind":"notFound","message":"There is no window with the id 99."}}""",
        Run(LoadWithWindows("window-act"), """{"id":"99","action":"close"}"""));

    [Theory]
    [InlineData(-1743, "automation")]
    [InlineData(-25211, "accessibility")]
    [InlineData(-1728, "failed")]
    public void Error_numbers_should_have_their_kind(int number, string kind)
    {
        var engine = Load("press");
        engine.SetValue("number", number);
        engine.Execute("function Application() { const error = new Error('refused'); error.errorNumber = number; throw error; }");

        Assert.Equal("{\"error\":{\"kind\":\"" + kind + "\",\"message\":\"refused\"}}", Run(engine, """{"keyCode":36,"character":null,"modifiers":[]}"""));
    }

    [Fact]
    public void Keys_should_be_given_to_system_events_as_it_documents_them()
    {
        var engine = Load("press");
        engine.Execute("""
            function Application(name) {
              return {
                keyCode: (code, how) => record.push(name + ' key code ' + code + ' using ' + how.using),
                keystroke: (text, how) => record.push(name + ' keystroke ' + text + ' using ' + how.using),
              };
            }
            """);

        Run(engine, """{"keyCode":36,"character":null,"modifiers":[]}""");
        Run(engine, """{"keyCode":null,"character":"\"","modifiers":["command down","shift down"]}""");
        Assert.Equal(["System Events key code 36 using ", "System Events keystroke \" using command down,shift down"], Strings(engine, "record"));
    }

    [Theory]
    [InlineData("session")]
    [InlineData("usable-area")]
    [InlineData("application-find")]
    [InlineData("program-start")]
    [InlineData("pointer")]
    [InlineData("notify")]
    public void Script_should_be_a_program(string name) =>
        Assert.Equal("function", Load(name).Evaluate("typeof main").AsString());

    static Engine Load(string name) => new Engine().Execute(Bridge).Execute(MacScripts.Source(name));

    // Two windows of Mail; number 13 belongs to a menu and is no window.
    static Engine LoadWithWindows(string name)
    {
        var engine = Load(name);
        engine.Execute("""
            const fake = (title, place, size, state) => ({
              name: () => title, state: state, done: '',
              get position() { return () => place; }, set position(value) { this.placed = value; },
              get size() { return () => size; }, set size(value) { this.sized = value; },
              attributes: { byName: (key) => ({ value: () => state[key], set value(now) { state[key] = now; } }) },
              actions: { byName(key) { return { perform: () => { result.done = key; } }; } },
            });
            let result;
            const one = fake('One', [10, 20], [300, 200], { AXMain: true, AXMinimized: false });
            const two = fake('Two', [0, 0], [50, 50], { AXMain: false, AXMinimized: true });
            result = two;
            for (const window of [one, two])
              window.attributes = { byName: (key) => ({ get value() { return () => window.state[key]; }, set value(now) { window.state[key] = now; } }) };
            const mail = { name: () => 'Mail', unixId: () => 5, windows: () => [one, two], _front: true,
              get frontmost() { return Object.assign(() => this._front, { toString: () => String(this._front) }); }, set frontmost(value) { this._front = value; } };
            function Application() { return { processes: { whose: () => () => [mail] } }; }
            const server = (id, x, y, width, height, layer) => ({ kCGWindowNumber: id, kCGWindowOwnerPID: 5, kCGWindowLayer: layer, kCGWindowBounds: { X: x, Y: y, Width: width, Height: height } });
            $.CGWindowListCopyWindowInfo = () => [server(12, 0, 0, 50, 50, 0), server(13, 10, 20, 300, 200, 25), server(11, 10, 20, 300, 200, 0)];
            """);
        return engine;
    }

    static string Run(Engine engine, string input)
    {
        engine.SetValue("given", input);
        return engine.Evaluate("input = given; run()").AsString();
    }

    static IReadOnlyList<string> Strings(Engine engine, string expression) =>
        [.. engine.Evaluate(expression).AsArray().Select(value => value.ToString())];
}
