namespace Ochag.Server.Hosting;

internal static class Lifetimes
{
    /// <summary>
    /// Done once the server has told its address. What waits goes on elsewhere: the start is not held up by it.
    /// </summary>
    /// <exception cref="OperationCanceledException">The server ends before.</exception>
    public static async Task Started(this IHostApplicationLifetime life, CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }
}
