using Sophon.Node.Platform.Ports;

namespace Sophon.Node.Platform.Machine;

/// <summary>
/// Windows runs .cmd and .bat by cmd.exe, which reads the command line anew by rules of its own: whatever quotes an argument for a
/// program, <c>" &amp; calc.exe</c> in it starts another program there ("BatBadBut", CVE-2024-24576). No quoting is right for all of them.
/// </summary>
static class ShellScripts
{
    /// <exception cref="UnsupportedException">It is one.</exception>
    public static void Refuse(string path)
    {
        if (!IsScript(path)) return;
        throw new UnsupportedException(
            $"{path} is a script of cmd.exe, which reads its arguments anew: one of them could start other programs. It is not run by its name. Run cmd.exe itself (args [\"/d\", \"/c\", \"…\"]), where the text that cmd reads is in plain sight of the policy and the person who is asked.");
    }

    // Windows drops blanks and dots at a name's end before it looks at the extension.
    static bool IsScript(string path) => Path.GetExtension(path.TrimEnd(' ', '.')).ToLowerInvariant() is ".cmd" or ".bat";
}
