return await Sophon.Gateway.Cli.GatewayCommandLine.RunAsync(args);
