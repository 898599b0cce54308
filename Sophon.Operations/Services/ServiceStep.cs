using System.Text;

namespace Sophon.Operations.Services;

/// <summary>One thing that a verb does to the machine; <c>--dry-run</c> prints it instead.</summary>
public abstract record ServiceStep;

/// <summary>Written only where it differs, so that a second install changes nothing.</summary>
public sealed record WriteFile(string Path, string Content) : ServiceStep
{
    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}

/// <summary>Nothing when it is gone already.</summary>
public sealed record DeleteFile(string Path) : ServiceStep;

/// <summary>A program of the service manager's.</summary>
public sealed record RunProgram(string Program, params IReadOnlyList<string> Arguments) : ServiceStep
{
    /// <summary>Exit codes that mean: done, or was so already.</summary>
    public IReadOnlyList<int> Accepts { get; init; } = [0];

    /// <summary>Its output is what the person asked for.</summary>
    public bool Shows { get; init; }

    public override string ToString() => string.Join(' ', new[] { Program }.Concat(Arguments).Select(word => word.Length > 0 && word.All(IsPlain) ? word : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""));

    static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "-_./:=@,+%\\".Contains(letter, StringComparison.Ordinal);
}
