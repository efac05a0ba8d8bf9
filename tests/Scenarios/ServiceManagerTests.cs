using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ochag.Server.Hosting;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>What systemd hears of us, through a real socket.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ochag-notify-").FullName;
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public ServiceManagerTests() => _systemd.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "notify")));

    public void Dispose()
    {
        _systemd.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_is_ready_then_beats_then_says_that_it_stops()
    {
        await using var manager = new ServiceManager(Path.Combine(_folder, "notify"), TimeSpan.FromMilliseconds(20), NullLogger.Instance);
        await manager.Ready("http://localhost:1/console");
        (await Hear()).ShouldBe("READY=1\nSTATUS=Serving http://localhost:1/console");
        (await Hear()).ShouldBe("WATCHDOG=1");
        (await Hear()).ShouldBe("WATCHDOG=1");
        await manager.Stopping();
        string heard;
        while ((heard = await Hear()) == "WATCHDOG=1")
        {
        }

        heard.ShouldBe("STOPPING=1");
    }

    [Fact]
    public async Task Without_a_manager_or_with_one_that_is_gone_the_server_goes_on()
    {
        await using var alone = new ServiceManager(null, TimeSpan.FromMilliseconds(1), NullLogger.Instance);
        await alone.Ready("x");
        await using var left = new ServiceManager(Path.Combine(_folder, "nobody"), null, NullLogger.Instance);
        await left.Ready("x");
        _systemd.Available.ShouldBe(0);
    }

    private async Task<string> Hear()
    {
        var bytes = new byte[1000];
        var length = await _systemd.ReceiveAsync(bytes.AsMemory(), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
