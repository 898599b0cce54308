namespace Sophon.Gateway.Limits;

/// <summary>
/// Remembers the most recently used entries, at least <paramref name="atLeast"/> and at most twice as many, at the same small cost
/// however many are asked for: what fills one generation pushes out the generation before it.
/// </summary>
sealed class RecentEntries<TValue>(int atLeast)
{
    Dictionary<string, TValue> current = [];
    Dictionary<string, TValue> previous = [];

    public int Count => current.Count + previous.Count;

    public TValue? Find(string key) => current.TryGetValue(key, out var value) || previous.TryGetValue(key, out value) ? value : default;

    public void Set(string key, TValue value)
    {
        previous.Remove(key);
        current[key] = value;
        if (current.Count < atLeast) return;
        previous = current;
        current = [];
    }

    public void Remove(string key)
    {
        current.Remove(key);
        previous.Remove(key);
    }
}
