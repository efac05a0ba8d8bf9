using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Ochag.Server.Hosting;

/// <summary>
/// Tells systemd (Type=notify) when the server is ready and when it stops, and that it still moves (WatchdogSec). The
/// protocol is lines of text to a datagram socket, so it needs no package. Elsewhere nobody listens and nothing is said.
/// </summary>
internal sealed class ServiceManager : IAsyncDisposable
{
    private readonly string? _socket;
    private readonly TimeSpan? _watchdog;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private Task _beats = Task.CompletedTask;

    public ServiceManager(string? socket, TimeSpan? watchdog, ILogger log) => (_socket, _watchdog, _log) = (socket, watchdog, log);

    /// <summary>The manager that started this process, as it says in the environment.</summary>
    public static ServiceManager Find(ILogger log)
    {
        var socket = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        // Meant for another process when a number is given that is not ours.
        var ours = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { Length: > 0 } pid
            || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var limit = Environment.GetEnvironmentVariable("WATCHDOG_USEC");
        var watchdog = ours && long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0
            ? TimeSpan.FromMicroseconds(given)
            : (TimeSpan?)null;
        return new(string.IsNullOrEmpty(socket) ? null : socket, watchdog, log);
    }

    public async Task Ready(string address)
    {
        await Say($"READY=1\nSTATUS=Serving {address}");
        if (_socket is not null && _watchdog is { } limit)
            _beats = Beat(limit / 2);
    }

    public Task Stopping() => Say("STOPPING=1");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beats;
        _stop.Dispose();
    }

    /// <summary>Beats run on the pool that serves requests: when that is stuck, they stay away and systemd starts us anew.</summary>
    private async Task Beat(TimeSpan every)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            do
                await Say("WATCHDOG=1");
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The server stops; so do the beats.
        }
    }

    private async Task Say(string text)
    {
        if (_socket is null)
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // A leading @ stands for the zero byte of an abstract address.
            var path = _socket[0] == '@' ? '\0' + _socket[1..] : _socket;
            await socket.SendToAsync(Encoding.UTF8.GetBytes(text), new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e)
        {
            _log.LogWarning(e, "The service manager does not take {Text}", text);
        }
    }
}
