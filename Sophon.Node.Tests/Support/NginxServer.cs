using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sophon.Node.Tests.Support;

/// <summary>nginx of Debian's package on loopback, with a configuration and files of its own.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    readonly TestFolder folder = new();
    TestProcess? nginx;

    NginxServer(int port) => Port = port;

    public int Port { get; }

    /// <param name="configuration">What stands in nginx's <c>http</c> block; made for the port that it gets.</param>
    public static async Task<NginxServer> StartAsync(Func<int, string> configuration)
    {
        var server = new NginxServer(FreePort());
        try
        {
            await server.RunAsync(configuration(server.Port));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public string Log => File.Exists(folder.File("error.log")) ? File.ReadAllText(folder.File("error.log")) : "";

    async Task RunAsync(string configuration)
    {
        var file = folder.File("nginx.conf");
        string[] temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        await File.WriteAllTextAsync(file, $$"""
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            daemon off;
            pid {{folder.File("nginx.pid")}};
            error_log {{folder.File("error.log")}};
            events { }
            http {
                access_log off;
                {{string.Concat(temporary.Select(name => $"{name}_temp_path {folder.File(name)};\n"))}}
                {{configuration}}
            }
            """);
        nginx = TestProcess.Start("/usr/sbin/nginx", ["-e", folder.File("error.log"), "-c", file]);
        await Eventually.TrueAsync(AcceptsAsync, $"nginx listens on {Port.ToString(CultureInfo.InvariantCulture)}");
    }

    async Task<bool> AcceptsAsync()
    {
        if (nginx!.HasExited) throw new InvalidOperationException($"nginx ended: {nginx.Output} {Log}");
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (nginx is not null) await nginx.DisposeAsync();
        folder.Dispose();
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
