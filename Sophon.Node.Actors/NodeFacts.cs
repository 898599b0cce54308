namespace Sophon.Node.Actors;

/// <summary>What the Node tells of itself; fixed for the process's life.</summary>
/// <param name="Platform"><c>windows</c>, <c>macos</c> or <c>linux</c>.</param>
/// <param name="Version">E.g. <c>1.0.0</c>.</param>
public sealed record NodeFacts(string HostName, string UserName, string Platform, string OsDescription, string Version);
