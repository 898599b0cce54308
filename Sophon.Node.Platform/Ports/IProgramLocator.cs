namespace Sophon.Node.Platform.Ports;

/// <summary>Where a program is, found the same way as <see cref="ISystem.ExecuteAsync"/> finds it.</summary>
public interface IProgramLocator
{
    /// <summary>Its full path, links unresolved; null when there is no such executable file.</summary>
    /// <param name="program">A path (relative ones count from <paramref name="folder"/>), or a name looked up on PATH.</param>
    /// <param name="folder">Null: the Node's own.</param>
    /// <param name="searchPath">The PATH to search; null: the Node's own.</param>
    string? Find(string program, string? folder, string? searchPath);

    /// <summary>Where the links of a full path lead, those of its folders included; the path itself when it has none.</summary>
    string Resolve(string fullPath);
}
