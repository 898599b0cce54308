namespace Sophon.Node.Platform.Linux.X11.Protocol;

/// <summary>Requests of the X Keyboard Extension, all to the core keyboard.</summary>
abstract record XkbRequest<TReply> : Request<TReply>
{
    internal override Extension? Extension => Protocol.Extension.Xkb;
}

static class XkbDevice
{
    public const int CoreKeyboard = 0x100;
}

/// <summary>Must come before every other request of the extension.</summary>
sealed record XkbUseExtension : XkbRequest<bool>
{
    internal override byte Opcode => 0;

    internal override void Write(RequestWriter body)
    {
        body.U16(1);
        body.U16(0);
    }

    internal override bool Read(MessageReader reply) => reply.Detail != 0;
}

/// <summary>Asks for the events that tell of a new map.</summary>
sealed record XkbSelectMapEvents : Request
{
    internal override Extension? Extension => Protocol.Extension.Xkb;

    internal override byte Opcode => 1;

    internal override void Write(RequestWriter body)
    {
        const int newKeyboard = 1, map = 2, allParts = 0xff;
        body.U16(XkbDevice.CoreKeyboard);
        body.U16(newKeyboard | map);
        body.U16(0);
        body.U16(newKeyboard | map);
        body.U16(allParts);
        body.U16(allParts);
    }
}

/// <param name="BaseModifiers">Held by keys that are down.</param>
/// <param name="LockedModifiers">Caps Lock, Num Lock …</param>
/// <param name="Group">The layout in effect, 0–3.</param>
/// <param name="LockedGroup">The layout that was chosen.</param>
sealed record XkbState(byte Modifiers, byte BaseModifiers, byte LatchedModifiers, byte LockedModifiers, byte Group, byte LockedGroup);

sealed record XkbGetState : XkbRequest<XkbState>
{
    internal override byte Opcode => 4;

    internal override void Write(RequestWriter body)
    {
        body.U16(XkbDevice.CoreKeyboard);
        body.U16(0);
    }

    internal override XkbState Read(MessageReader reply) =>
        new(reply.U8(), reply.U8(), reply.U8(), reply.U8(), reply.U8(), reply.U8());
}

/// <summary>Locks modifiers and the group; latches are cleared.</summary>
/// <param name="AffectLocks">Which locks are set to <paramref name="Locks"/>.</param>
/// <param name="Group">The layout; null leaves it.</param>
sealed record XkbLock(byte AffectLocks, byte Locks, byte? Group) : Request
{
    internal override Extension? Extension => Protocol.Extension.Xkb;

    internal override byte Opcode => 5;

    internal override void Write(RequestWriter body)
    {
        const int allLatches = 0xff;
        body.U16(XkbDevice.CoreKeyboard);
        body.U8(AffectLocks);
        body.U8(Locks);
        body.Bool(Group is not null);
        body.U8(Group ?? 0);
        body.U8(allLatches);
        body.U8(0);
        body.U8(0);
        body.Bool(true);
        body.I16(0);
    }
}

/// <summary>Which level a key's modifiers choose.</summary>
/// <param name="ModifierMask">The modifiers that matter to keys of this type.</param>
/// <param name="Levels">Modifiers → level; what is not listed is level 0.</param>
sealed record XkbKeyType(byte ModifierMask, int LevelCount, IReadOnlyList<(byte Modifiers, byte Level)> Levels);

/// <param name="Types">The type in each of the key's groups.</param>
/// <param name="GroupInfo">Low four bits: how many groups; high four: what a group beyond them means.</param>
/// <param name="Symbols">Group after group, <paramref name="Width"/> levels each.</param>
sealed record XkbKey(byte Keycode, byte[] Types, byte GroupInfo, byte Width, uint[] Symbols);

/// <param name="Modifiers">Keycode → the modifiers that it sets.</param>
sealed record XkbMap(IReadOnlyList<XkbKeyType> Types, IReadOnlyList<XkbKey> Keys, IReadOnlyDictionary<byte, byte> Modifiers);

/// <summary>Key types, symbols and modifier map.</summary>
sealed record XkbGetMap : XkbRequest<XkbMap>
{
    internal override byte Opcode => 8;

    internal override void Write(RequestWriter body)
    {
        const int types = 1, symbols = 2, modifierMap = 4;
        body.U16(XkbDevice.CoreKeyboard);
        body.U16(types | symbols | modifierMap);
        body.Zero(20);
    }

    internal override XkbMap Read(MessageReader reply)
    {
        reply.Skip(7);
        var typeCount = reply.U8();
        reply.Skip(1);
        var firstKey = reply.U8();
        reply.Skip(2);
        var keyCount = reply.U8();
        reply.Skip(12);
        var modifierCount = reply.U8();
        reply.Skip(6);

        var types = new XkbKeyType[typeCount];
        for (var i = 0; i < typeCount; i++) types[i] = ReadType(ref reply);

        var keys = new XkbKey[keyCount];
        for (var i = 0; i < keyCount; i++)
        {
            var keyTypes = reply.Bytes(4);
            byte groupInfo = reply.U8(), width = reply.U8();
            keys[i] = new XkbKey((byte)(firstKey + i), keyTypes, groupInfo, width, reply.Words(reply.U16()));
        }

        var modifiers = new Dictionary<byte, byte>();
        for (var i = 0; i < modifierCount; i++) modifiers[reply.U8()] = reply.U8();
        return new XkbMap(types, keys, modifiers);
    }

    static XkbKeyType ReadType(ref MessageReader reply)
    {
        var mask = reply.U8();
        reply.Skip(3);
        byte levelCount = reply.U8(), entryCount = reply.U8();
        var preserves = reply.Bool();
        reply.Skip(1);

        var levels = new List<(byte, byte)>();
        for (var i = 0; i < entryCount; i++)
        {
            var active = reply.Bool();
            byte modifiers = reply.U8(), level = reply.U8();
            reply.Skip(5);
            // An entry is inactive when its virtual modifier is bound to no real one: no key could ever choose it.
            if (active) levels.Add((modifiers, level));
        }

        if (preserves) reply.Skip(4 * entryCount);
        return new XkbKeyType(mask, levelCount, levels);
    }
}

/// <summary>Gives consecutive keys of one group new symbols; a key without symbols types nothing.</summary>
/// <param name="Type">Index of the keys' type.</param>
sealed record XkbSetSymbols(byte MinKeycode, byte MaxKeycode, byte FirstKey, byte Type, IReadOnlyList<uint[]> Keys) : Request
{
    internal override Extension? Extension => Protocol.Extension.Xkb;

    internal override byte Opcode => 9;

    internal override void Write(RequestWriter body)
    {
        const int symbols = 2;
        body.U16(XkbDevice.CoreKeyboard);
        body.U16(symbols);
        body.U16(0);
        body.U8(MinKeycode);
        body.U8(MaxKeycode);
        body.Zero(2);
        body.U8(FirstKey);
        body.U8(Keys.Count);
        body.U16(Keys.Sum(key => key.Length));
        body.Zero(18);
        foreach (var key in Keys)
        {
            body.U8(key.Length == 0 ? 0 : Type);
            body.Zero(3);
            body.U8(key.Length == 0 ? 0 : 1);
            body.U8(key.Length);
            body.U16(key.Length);
            foreach (var symbol in key) body.U32(symbol);
        }
    }
}
