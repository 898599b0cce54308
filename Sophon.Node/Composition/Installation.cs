using Sophon.Node.Files;
using Sophon.Node.Gateway;
using Sophon.Node.Identity;
using Sophon.Node.Logging;

namespace Sophon.Node.Composition;

/// <summary>What a Node is on this machine: its files, who it is, and whom it trusts.</summary>
sealed record Installation(NodeHome Home, SecretRedactor Secrets, IdentityStore Identity, GatewayTrust Trust);
