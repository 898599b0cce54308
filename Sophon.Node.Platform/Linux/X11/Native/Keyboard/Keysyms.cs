using System.Collections.Frozen;
using System.Text;
using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Linux.X11.Native;

/// <summary>Keysyms and the characters they stand for (X Window System Protocol, appendix A, "KEYSYM Encoding").</summary>
static class Keysyms
{
    public const uint None = 0, Tab = 0xff09, Return = 0xff0d, ControlLeft = 0xffe3, ShiftLeft = 0xffe1, ShiftRight = 0xffe2,
        AltLeft = 0xffe9, SuperLeft = 0xffeb, ModeSwitch = 0xff7e, Level3Shift = 0xfe03, Level5Shift = 0xfe11,
        CapsLock = 0xffe5, NumLock = 0xff7f, ScrollLock = 0xff14;

    /// <summary>Keysyms from here on are 0x01000000 + the Unicode code point.</summary>
    const uint UnicodeBase = 0x0100_0000;

    // The keysyms that are older than Unicode: first keysym of a run, and the characters; a space is a gap.
    static readonly (uint First, string Characters)[] LegacyRuns =
    [
        (0x1a1, "Ą˘Ł ĽŚ  ŠŞŤŹ ŽŻ ą˛ł ľśˇ šşťź˝žżŔ  Ă ĹĆ Č Ę Ě  ĎĐŃŇ  Ő  ŘŮ Ű  Ţ ŕ  ă ĺć č ę ě  ďđńň  ő  řů ű  ţ˙"),
        (0x2a1, "Ħ    Ĥ  İ ĞĴ    ħ    ĥ  ı ğĵ"),
        (0x2c5, "ĊĈ"),
        (0x2d5, "Ġ  Ĝ    ŬŜ      ċĉ"),
        (0x2f5, "ġ  ĝ    ŭŝ"),
        (0x3a2, "ĸŖ ĨĻ   ĒĢŦ      ŗ ĩļ   ēģŧŊ ŋĀ      Į    Ė  Ī ŅŌĶ     Ų   ŨŪ ā      į    ė  ī ņōķ     ų   ũū"),
        (0x47e, "‾"),
        (0x4a1, "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"),
        (0x5ac, "\u060c"),
        (0x5bb, "\u061b   \u061f \u0621\u0622\u0623\u0624\u0625\u0626\u0627\u0628\u0629\u062a\u062b\u062c\u062d\u062e\u062f\u0630\u0631\u0632\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063a     \u0640\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u0649\u064a\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"),
        (0x6a1, "ђѓёєѕіїјљњћќґўџ№ЂЃЁЄЅІЇЈЉЊЋЌҐЎЏюабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"),
        (0x7a1, "ΆΈΉΊΪ ΌΎΫ Ώ  ΅― άέήίϊΐόύϋΰώ     ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣ ΤΥΦΧΨΩ       αβγδεζηθικλμνξοπρσςτυφχψω"),
        (0x8a1, "⎷  ⌠⌡ ⎡⎣⎤⎦⎛⎝⎞⎠⎨⎬"),
        (0x8bc, "≤≠≥∫∴∝∞  ∇  ∼≃   ⇔⇒≡      √   ⊂⊃∩∪∧∨"),
        (0x8ef, "∂      ƒ    ←↑→↓"),
        (0x9e0, "◆▒␉␌␍␊  ␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│"),
        (0xaa1, "\u2003\u2002\u2004\u2005\u2007\u2008\u2009\u200a—–   …‥⅓⅔⅕⅖⅗⅘⅙⅚℅  ‒       ⅛⅜⅝⅞  ™      ‘’“”℞‰′″ ✝"),
        (0xaec, "♣♦♥ ✠†‡✓✗♯♭♂♀☎⌕℗‸‚„"),
        (0xbc2, "⊤ ⌊     ∘ ⎕ ⊥○   ⌈"),
        (0xbdc, "⊣"),
        (0xbfc, "⊢"),
        (0xcdf, "‗\u05d0\u05d1\u05d2\u05d3\u05d4\u05d5\u05d6\u05d7\u05d8\u05d9\u05da\u05db\u05dc\u05dd\u05de\u05df\u05e0\u05e1\u05e2\u05e3\u05e4\u05e5\u05e6\u05e7\u05e8\u05e9\u05ea"),
        (0xda1, "\u0e01\u0e02\u0e03\u0e04\u0e05\u0e06\u0e07\u0e08\u0e09\u0e0a\u0e0b\u0e0c\u0e0d\u0e0e\u0e0f\u0e10\u0e11\u0e12\u0e13\u0e14\u0e15\u0e16\u0e17\u0e18\u0e19\u0e1a\u0e1b\u0e1c\u0e1d\u0e1e\u0e1f\u0e20\u0e21\u0e22\u0e23\u0e24\u0e25\u0e26\u0e27\u0e28\u0e29\u0e2a\u0e2b\u0e2c\u0e2d\u0e2e\u0e2f\u0e30\u0e31\u0e32\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a    \u0e3f\u0e40\u0e41\u0e42\u0e43\u0e44\u0e45\u0e46\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d  \u0e50\u0e51\u0e52\u0e53\u0e54\u0e55\u0e56\u0e57\u0e58\u0e59"),
        (0xea1, "ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅃㅄㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣᆨᆩᆪᆫᆬᆭᆮᆯᆰᆱᆲᆳᆴᆵᆶᆷᆸᆹᆺᆻᆼᆽᆾᆿᇀᇁᇂㅭㅱㅸㅿㆁㆄㆆㆍㆎᇫᇰᇹ"),
        (0x13bc, "ŒœŸ"),
        (0x20ac, "€"),
    ];

    static readonly FrozenDictionary<uint, Rune> Legacy = LegacyRuns
        .SelectMany(run => run.Characters.Select((character, i) => (Keysym: run.First + (uint)i, character)))
        .Where(entry => entry.character != ' ')
        .ToFrozenDictionary(entry => entry.Keysym, entry => new Rune(entry.character));

    /// <summary>The character that a key with this symbol types; null for function, keypad and dead keys.</summary>
    public static Rune? ToRune(uint keysym) => keysym switch
    {
        >= 0x20 and <= 0x7e or >= 0xa0 and <= 0xff => new Rune(keysym),
        Return => new Rune('\n'),
        Tab => new Rune('\t'),
        >= UnicodeBase + 0x100 when Rune.IsValid(keysym - UnicodeBase) => new Rune(keysym - UnicodeBase),
        _ => Legacy.TryGetValue(keysym, out var rune) ? rune : null,
    };

    /// <summary>A keysym that every client reads as this character.</summary>
    public static uint FromRune(Rune rune) => rune.Value switch
    {
        '\n' => Return,
        '\t' => Tab,
        >= 0x20 and <= 0x7e or >= 0xa0 and <= 0xff => (uint)rune.Value,
        _ => UnicodeBase + (uint)rune.Value,
    };

    /// <summary>The keysym of a name from <see cref="KeyNames.Named"/>.</summary>
    public static uint FromName(string name) => Named[name];

    public static uint FromModifier(KeyModifier modifier) => modifier switch
    {
        KeyModifier.Control => ControlLeft,
        KeyModifier.Shift => ShiftLeft,
        KeyModifier.Alt => AltLeft,
        KeyModifier.Super => SuperLeft,
        _ => throw new ArgumentOutOfRangeException(nameof(modifier)),
    };

    /// <summary>A key that switches a lock on or off.</summary>
    public static bool IsLock(uint keysym) => keysym is CapsLock or NumLock or ScrollLock;

    static readonly FrozenDictionary<string, uint> Named = new Dictionary<string, uint>
    {
        ["enter"] = Return, ["escape"] = 0xff1b, ["tab"] = Tab, ["space"] = ' ', ["backspace"] = 0xff08, ["delete"] = 0xffff,
        ["insert"] = 0xff63, ["home"] = 0xff50, ["end"] = 0xff57, ["pageup"] = 0xff55, ["pagedown"] = 0xff56,
        ["left"] = 0xff51, ["up"] = 0xff52, ["right"] = 0xff53, ["down"] = 0xff54, ["print"] = 0xff61, ["pause"] = 0xff13,
        ["menu"] = 0xff67, ["capslock"] = CapsLock, ["numlock"] = NumLock, ["scrolllock"] = ScrollLock,
        ["ctrl"] = ControlLeft, ["shift"] = ShiftLeft, ["alt"] = AltLeft, ["super"] = SuperLeft,
    }.Concat(Enumerable.Range(1, 24).Select(number => KeyValuePair.Create($"f{number}", 0xffbd + (uint)number))).ToFrozenDictionary();
}
