using System.Text;
using Sophon.Node.Actors.Pairing;
using Sophon.Node.Platform.Ports;
using Sophon.Node.Platform.Processes;

namespace Sophon.Node.Identity.TokenStores;

/// <summary>Runs the program that speaks to the store. What is secret goes over standard input, never into the arguments.</summary>
/// <param name="environment">Added to the Node's own.</param>
sealed class StoreTool(IReadOnlyDictionary<string, string?>? environment = null)
{
    /// <summary>A locked store asks the person for its password.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly HelperRunner runner = new(environment ?? new Dictionary<string, string?>());

    /// <param name="store">For messages.</param>
    /// <exception cref="IdentityStoreException">The program is missing, could not be started, or did not end in time.</exception>
    public HelperResult Run(string store, string tool, IReadOnlyList<string> arguments, string input = "")
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return Task.Run(() => runner.TryRunAsync(tool, arguments, Encoding.UTF8.GetBytes(input), limit.Token)).GetAwaiter().GetResult();
        }
        catch (ToolMissingException missing)
        {
            throw new IdentityStoreException($"{Capital(store)} can't be used: {missing.Message} Or pair with --token-store file.", missing);
        }
        catch (OperationCanceledException)
        {
            throw new IdentityStoreException($"{Capital(store)} did not answer within {Patience.TotalSeconds:0} s: it may wait for its password on a screen. Unlock it, or pair with --token-store file.");
        }
        catch (PlatformException error)
        {
            throw new IdentityStoreException($"{Capital(store)} can't be used: {error.Message}", error);
        }
    }

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
