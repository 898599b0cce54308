using System.Reflection;

namespace Sophon.Gateway.Hosting;

static class GatewayVersion
{
    /// <summary>E.g. <c>1.0.0</c>.</summary>
    public static readonly string Text = Informational.Split('+')[0];

    /// <summary>With the commit, where the build knew it.</summary>
    public static string Informational =>
        typeof(GatewayVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
