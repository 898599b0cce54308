using Sophon.Node;
using Sophon.Node.Cli;

var context = CliContext.FromProcess();
try
{
    return await CommandLine.RunAsync(args, context);
}
catch (Exception error)
{
    Serilog.Log.Fatal(error, "sophon-node failed");
    return (int)context.Fail(ExitCode.Fault, context.Secrets.Redact($"sophon-node failed: {error.GetType().Name}: {error.Message} The log in {Sophon.Node.Files.NodeHome.Show(context.Home.Logs)} may tell more."));
}
finally
{
    await Serilog.Log.CloseAndFlushAsync();
}
