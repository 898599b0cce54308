using Sophon.Operations.Processes;

namespace Sophon.Operations.Services;

/// <summary>Carries a plan out, or shows it.</summary>
public sealed class ServiceRunner(TextWriter output)
{
    /// <summary>Service managers answer within seconds, but stopping waits for a program that drains.</summary>
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    public void Show(IReadOnlyList<ServiceStep> plan)
    {
        foreach (var step in plan)
        {
            switch (step)
            {
                case WriteFile file:
                    output.WriteLine($"write {file.Path}:");
                    foreach (var line in file.Content.TrimEnd('\n').Split('\n')) output.WriteLine(line.Length == 0 ? "" : "    " + line);
                    break;
                case DeleteFile file:
                    output.WriteLine($"delete {file.Path}");
                    break;
                case RunProgram run:
                    output.WriteLine($"run {run}");
                    break;
            }
        }
    }

    /// <returns>The exit code of the last program that was run; 0 without any.</returns>
    /// <exception cref="ServiceException">A step failed; the message names it. The steps before it hold.</exception>
    public async Task<int> RunAsync(IReadOnlyList<ServiceStep> plan, CancellationToken cancellationToken)
    {
        var last = 0;
        foreach (var step in plan)
        {
            try
            {
                switch (step)
                {
                    case WriteFile file: Write(file); break;
                    case DeleteFile file: Delete(file); break;
                    case RunProgram run: last = await RunAsync(run, cancellationToken); break;
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ServiceException($"{error.Message} See what would be done, and by whose rights: --dry-run", error);
            }
        }

        return last;
    }

    void Write(WriteFile file)
    {
        if (File.Exists(file.Path) && File.ReadAllText(file.Path, file.Encoding) == file.Content) return;
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        var beside = file.Path + ".new";
        File.WriteAllText(beside, file.Content, file.Encoding);
        File.Move(beside, file.Path, overwrite: true);
        output.WriteLine($"Wrote {file.Path}");
    }

    void Delete(DeleteFile file)
    {
        if (!File.Exists(file.Path)) return;
        File.Delete(file.Path);
        output.WriteLine($"Deleted {file.Path}");
    }

    async Task<int> RunAsync(RunProgram run, CancellationToken cancellationToken)
    {
        ProgramResult result;
        try
        {
            result = await ProgramRun.RunAsync(run.Program, run.Arguments, null, Deadline, cancellationToken);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new ServiceException($"{run.Program} can't be run: {error.Message}", error);
        }

        if (run.Shows) output.Write(result.Output);
        return run.Accepts.Contains(result.ExitCode) || run.Shows
            ? result.ExitCode
            : throw new ServiceException($"\"{run}\" ended with {result.ExitCode}: {(result.Errors + result.Output).Trim()}");
    }
}

/// <summary>The service manager did not do what it was asked; the message says what and why.</summary>
public sealed class ServiceException(string message, Exception? inner = null) : Exception(message, inner);
