using System.Text;
using Sophon.Node.Platform.Linux.X11.Tools;
using Xunit;

namespace Sophon.Node.Tests.Platform.Linux.X11.Tools.Keyboard;

public sealed class KeyboardMapSpecs
{
    // Lines of `xmodmap -pk -pm` on the layout "de".
    static readonly KeyboardMap Map = KeyboardMap.Parse("""
        There are 7 KeySyms per KeyCode; KeyCodes range from 8 to 255.

            KeyCode	Keysym (Keysym)	...
            Value  	Value   (Name) 	...

              8    	
             20    	0x00df (ssharp)	0x003f (question)	0x00df (ssharp)	0x003f (question)	0x005c (backslash)	0x00bf (questiondown)	0x1001e9e (U1E9E)	
             21    	0xfe51 (dead_acute)	0xfe50 (dead_grave)	0xfe51 (dead_acute)	0xfe50 (dead_grave)	
             26    	0x0065 (e)	0x0045 (E)	0x0065 (e)	0x0045 (E)	0x20ac (EuroSign)	0x20ac (EuroSign)	0x20ac (EuroSign)	
             39    	0x0073 (s)	0x0053 (S)	0x0073 (s)	0x0053 (S)	0x100017f (U017F)	0x1001e9e (U1E9E)	0x100017f (U017F)	
             50    	0xffe1 (Shift_L)	0x0000 (NoSymbol)	0xffe1 (Shift_L)	
             77    	0xff7f (Num_Lock)	0x0000 (NoSymbol)	0xff7f (Num_Lock)	
             93    	
             97    	0x1004e16 (U4E16)	0x1004e16 (U4E16)	0xffffff (VoidSymbol)	0xffffff (VoidSymbol)	
            120    	

        xmodmap:  up to 4 keys per modifier, (keycodes in parentheses):

        shift       Shift_L (0x32),  Shift_R (0x3e)
        lock        Caps_Lock (0x42)
        control     Control_L (0x25),  Control_R (0x69)
        mod2        Num_Lock (0x4d)
        mod3      
        mod5        ISO_Level3_Shift (0x5c)
        """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData('ß', true)]
    [InlineData('€', true)]
    [InlineData('S', true)]
    [InlineData('´', false)]
    [InlineData('世', false)]
    [InlineData('ẞ', false)]
    public void Characters_should_be_those_that_a_key_types(char character, bool has) =>
        Assert.Equal(has, Map.Characters.Contains(new Rune(character)));

    [Fact]
    public void Character_that_xdotool_would_find_behind_caps_lock_should_be_hidden() =>
        Assert.Equal([new Keysym(0x1001e9e)], Map.Hidden);

    [Fact]
    public void Spare_keycodes_should_be_empty_ones_and_ours_but_not_eight() => Assert.Equal([93, 97, 120], Map.Spare);

    [Fact]
    public void Borrowed_keycodes_should_be_known_by_their_mark() =>
        Assert.Equal(new Dictionary<int, Keysym> { [97] = new(0x1004e16) }, Map.Borrowed);

    [Fact]
    public void Modifiers_should_be_without_the_locks() => Assert.Equal([50, 62, 37, 105, 92], Map.ModifierKeycodes);

    [Fact]
    public void Lines_for_xmodmap_should_mark_what_is_ours()
    {
        Assert.Equal("keycode 93 = 0x1004e16 0x1004e16 0xffffff 0xffffff", KeyboardMap.Lend(93, new Keysym(0x1004e16)));
        Assert.Equal("keycode 93 =", KeyboardMap.Return(93));
    }
}
