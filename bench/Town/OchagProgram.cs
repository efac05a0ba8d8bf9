using System.Diagnostics;

namespace Ochag.Bench.Town;

/// <summary>What a run of the program said; the code is null when it was killed.</summary>
internal sealed record Answer(int? Code, string Output, string Faults)
{
    public bool Done => Code == 0;
}

/// <summary>The real program, started as a process of its own on one database.</summary>
internal sealed class OchagProgram(string database, string folder)
{
    public string Folder => folder;

    /// <summary>Runs a command to its end and refuses anything but success.</summary>
    public async Task<Answer> Must(CancellationToken stop, params string[] arguments)
    {
        var answer = await Run(null, stop, arguments);
        return answer.Done
            ? answer
            : throw new InvalidOperationException($"ochag {string.Join(' ', arguments)} ended with {answer.Code}: {answer.Faults}{answer.Output}");
    }

    /// <summary>Runs a command; <paramref name="interfere"/> sees the process and its first words while it works.</summary>
    public async Task<Answer> Run(Func<RunningProgram, Task>? interfere, CancellationToken stop, params string[] arguments)
    {
        using var process = Process.Start(Describe(arguments)) ?? throw new InvalidOperationException("The program did not start.");
        var running = new RunningProgram(process);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop);
            var faults = running.ReadFaults(stop);
            if (interfere is not null)
                await interfere(running);
            await process.WaitForExitAsync(stop);
            return new(running.Killed ? null : process.ExitCode, await output, await faults);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private ProcessStartInfo Describe(string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ochag.dll");
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return new(dotnet, [program, .. arguments, "--database", database])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}

/// <summary>A process that can be killed once it has said its first word of progress.</summary>
internal sealed class RunningProgram(Process process)
{
    private readonly TaskCompletionSource _spoke = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Killed { get; private set; }

    /// <summary>The first line on the error stream, where progress is told, or the end of the process.</summary>
    public Task Spoke => _spoke.Task;

    /// <summary>The end of the process, however it comes.</summary>
    public Task Ended => process.WaitForExitAsync();

    /// <summary>kill -9: nothing of the process runs afterwards. False: it had ended by itself.</summary>
    public bool Kill()
    {
        if (process.HasExited)
            return false;
        process.Kill();
        // The exit code tells whether the signal or the end came first.
        process.WaitForExit();
        Killed = process.ExitCode == 128 + 9;
        return Killed;
    }

    public async Task<string> ReadFaults(CancellationToken stop)
    {
        var text = new System.Text.StringBuilder();
        while (await process.StandardError.ReadLineAsync(stop) is { } line)
        {
            text.AppendLine(line);
            _spoke.TrySetResult();
        }

        _spoke.TrySetResult();
        return text.ToString();
    }
}
