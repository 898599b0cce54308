namespace Sophon.Operations.Services;

/// <summary>What keeps a program running on one kind of system. Only plans: <see cref="ServiceRunner"/> acts.</summary>
public interface IServiceManager
{
    /// <summary>E.g. <c>systemd, as a service of your own account</c>.</summary>
    string Name { get; }

    bool IsInstalled { get; }

    /// <summary>Why it can't be used from here, with the cure; null when it can.</summary>
    string? Obstacle { get; }

    IReadOnlyList<ServiceStep> Plan(ServiceVerb verb);

    /// <summary>What a person should know after the installation, a sentence a line.</summary>
    IReadOnlyList<string> Notes { get; }
}
