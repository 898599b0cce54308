namespace Sophon.Gateway.Cli;

/// <summary>What the program ends with.</summary>
static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command did not succeed, or the Gateway refused the request.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The Gateway can't be reached, or can't start.</summary>
    public const int Unavailable = 3;

    /// <summary>The token is missing, wrong or not enough.</summary>
    public const int Unauthorized = 4;

    /// <summary>A fault of this program.</summary>
    public const int Fault = 70;
}

/// <summary>Ends the program with a sentence for the person.</summary>
sealed class CliException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
