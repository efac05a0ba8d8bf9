namespace Ochag.Server.Cli;

/// <summary>One line that is written over and over at a terminal, and now and then in a log.</summary>
internal sealed class ProgressLine : IDisposable
{
    private const int LogEvery = 50;

    private readonly Lock _lock = new();
    private int _reports;
    private bool _open;

    public IProgress<T> Of<T>(Func<T, string> text) => new Reporter<T>(this, text);

    public void End()
    {
        if (_open)
            System.Console.Error.WriteLine();
        _open = false;
    }

    public void Dispose() => End();

    private void Show(string text)
    {
        lock (_lock)
        {
            if (!System.Console.IsErrorRedirected)
            {
                System.Console.Error.Write($"\r{text}\u001b[K");
                _open = true;
            }
            else if (_reports++ % LogEvery == 0)
            {
                System.Console.Error.WriteLine(text);
            }
        }
    }

    /// <summary>Reports at once, on the caller's thread: Progress(T) would reorder them.</summary>
    private sealed class Reporter<T>(ProgressLine line, Func<T, string> text) : IProgress<T>
    {
        public void Report(T value) => line.Show(text(value));
    }
}
