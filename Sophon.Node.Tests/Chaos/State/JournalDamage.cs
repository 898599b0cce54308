namespace Sophon.Node.Tests.Chaos.State;

/// <summary>What a disk, a crash or a careless hand does to a file.</summary>
static class JournalDamage
{
    /// <summary>Cut, garbled or zeroed at a random place: never as it was.</summary>
    public static byte[] To(byte[] whole, Random random)
    {
        while (true)
        {
            var bytes = whole.ToArray();
            var at = random.Next(bytes.Length);
            var length = Math.Min(random.Next(1, 200), bytes.Length - at);
            switch (random.Next(3))
            {
                case 0: bytes = bytes[..at]; break;
                case 1: random.NextBytes(bytes.AsSpan(at, length)); break;
                default: bytes.AsSpan(at, length).Clear(); break;
            }

            if (!bytes.AsSpan().SequenceEqual(whole)) return bytes;
        }
    }
}
