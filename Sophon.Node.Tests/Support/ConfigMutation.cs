namespace Sophon.Node.Tests.Support;

/// <summary>What a careless hand, a crash or a disk makes of a text file.</summary>
static class ConfigMutation
{
    public static byte[] Of(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(4))
            {
                case 0: list[at] = (byte)random.Next(256); break;
                case 1: list.RemoveRange(at, Math.Min(random.Next(1, 20), list.Count - at)); break;
                case 2: list.InsertRange(at, list.GetRange(0, random.Next(list.Count))); break;
                default: list.RemoveRange(at, list.Count - at); break;
            }

            if (list.Count == 0) list.Add((byte)random.Next(256));
        }

        return [.. list];
    }
}
