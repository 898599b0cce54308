namespace Sophon.Gateway.Cli;
static class GatewayCommandLine { public static Task<int> RunAsync(string[] args) => Task.FromResult(0); }
