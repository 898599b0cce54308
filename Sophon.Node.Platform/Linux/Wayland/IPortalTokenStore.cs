namespace Sophon.Node.Platform.Linux.Wayland;

/// <summary>Keeps the person's consent for a later session. Where it lies is the program's affair; it is as good as a password.</summary>
public interface IPortalTokenStore
{
    /// <summary>For messages.</summary>
    string Location { get; }

    /// <summary>The token of the last session; null when there is none.</summary>
    string? Read();

    void Write(string token);
}
