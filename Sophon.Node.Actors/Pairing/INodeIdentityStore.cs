namespace Sophon.Node.Actors.Pairing;

/// <summary>Where the token lives between runs (config.json).</summary>
public interface INodeIdentityStore
{
    /// <summary>For messages: the file's path as the person knows it.</summary>
    string Location { get; }

    /// <summary>Null when this machine is not paired.</summary>
    /// <exception cref="IdentityStoreException">The file is there and can't be read; the message names file, place and cure.</exception>
    NodeIdentity? Load();

    /// <summary>Replaces the file atomically.</summary>
    /// <exception cref="IdentityStoreException">It could not be written; the old file is intact.</exception>
    void Save(NodeIdentity identity);

    /// <summary>Does nothing when there is none.</summary>
    void Delete();
}

/// <summary>The message names the file, the place in it and the cure.</summary>
public sealed class IdentityStoreException(string message, Exception? inner = null) : Exception(message, inner);
