using System.Diagnostics;
using System.Globalization;
using Ochag.Bench.Grounds;
using Ochag.Bench.Town;
using Ochag.Foundation;

namespace Ochag.Bench.Upgrades;

/// <summary>What came of the kills, and how long an upgrade and its way back take when nobody disturbs them.</summary>
internal sealed record UpgradeReport(
    int Kills, int ServerKills, int Old, int New, IReadOnlyList<string> Faults, TimeSpan Undisturbed, TimeSpan Back, TimeSpan Took);

/// <summary>
/// Migrates a kept database while the program (and now and then the database's server) is killed at random moments. After
/// each blow the database must hold, row by row, what it held before, or what an undisturbed migration makes of it;
/// "migrate --check" must say the same; and the next "migrate" goes through.
/// </summary>
internal sealed class UpgradeHarness(Ground ground, OchagProgram program, ulong seed, Action<string> say)
{
    private const int Patience = 40;

    private readonly Seeded _chance = new(seed);
    private readonly List<string> _faults = [];
    private TimeSpan _undisturbed;
    private string _old = "";
    private string _new = "";
    private int _kills;
    private int _serverKills;
    private int _leftOld;
    private int _leftNew;
    private int _attempts;

    public async Task<UpgradeReport> Run(string backup, int kills, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        await program.Must(stop, "restore", backup);
        await ground.Keep(stop);
        _old = await ground.Contents(stop);
        var back = await Undisturbed(stop);
        say($"undisturbed: {_undisturbed.TotalSeconds:0.0} s, the way back {back.TotalSeconds:0.0} s");
        while (_kills < kills)
        {
            await ground.Begin(stop);
            await UntilDone(kills, stop);
            if (await ground.Contents(stop) != _new)
                _faults.Add($"after {_kills} kills the migrated database differs from an undisturbed one");
            say($"{_kills} kills so far: {_leftOld} left the old schema, {_leftNew} the new one, {_faults.Count} faults");
        }

        return new(_kills, _serverKills, _leftOld, _leftNew, _faults, _undisturbed, back, watch.Elapsed);
    }

    /// <summary>Once forth and back and forth again; the answer is what the way back took.</summary>
    private async Task<TimeSpan> Undisturbed(CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var place = NextPlace();
        await program.Must(stop, "migrate", "--backup", place);
        _undisturbed = watch.Elapsed;
        _new = await ground.Contents(stop);
        watch.Restart();
        await program.Must(stop, "restore", Made(place) ?? throw new InvalidOperationException("No backup was made."), "--replace");
        var back = watch.Elapsed;
        if (await ground.Contents(stop) != _old)
            _faults.Add("the way back did not lead to what was there before");
        return back;
    }

    private async Task UntilDone(int kills, CancellationToken stop)
    {
        for (var refused = 0; refused < Patience;)
        {
            var serverDies = ground.HasServer && _chance.Chance(20);
            var place = NextPlace();
            var answer = await program.Run(
                _kills < kills ? p => Strike(p, serverDies, stop) : null, stop, "migrate", "--backup", place);
            if (answer.Done)
                return;
            if (answer.Code is null || serverDies)
            {
                _kills += answer.Code is null ? 1 : 0;
                await Judge(place, answer, stop);
                continue;
            }

            // The server has not noticed yet that the one before is dead.
            if (!answer.Faults.Contains("storage.in-use", StringComparison.Ordinal))
                throw new InvalidOperationException($"ochag migrate ended with {answer.Code}: {answer.Faults}{answer.Output}");
            refused++;
            await Task.Delay(TimeSpan.FromMilliseconds(250), stop);
        }

        throw new InvalidOperationException("A dead 'migrate' still held the database.");
    }

    /// <summary>Old or new, whole, and said so; a new one only with its backup.</summary>
    private async Task Judge(string place, Answer blow, CancellationToken stop)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"kill {_kills}");
        if (blow.Faults.Contains("   at ", StringComparison.Ordinal))
            _faults.Add($"{at}: a stack instead of a sentence: {blow.Faults}");
        var check = await program.Run(null, stop, "migrate", "--check");
        if (await ground.Check(stop) is { } torn)
            _faults.Add($"{at}: {torn}");
        var contents = await ground.Contents(stop);
        if (contents == _old && check.Code == 1 && check.Output.Contains("Waits", StringComparison.Ordinal))
            _leftOld++;
        else if (contents == _new && check.Done && Made(place) is not null)
            _leftNew++;
        else
            _faults.Add($"{at}: neither the old nor the new database; --check ended with {check.Code}: {check.Output}{check.Faults}");
    }

    /// <summary>Every fourth blow falls anywhere, the others once the program has begun to back up and to migrate.</summary>
    private async Task Strike(RunningProgram running, bool serverDies, CancellationToken stop)
    {
        if (ground.Journal is { } journal && _chance.Chance(40))
        {
            await StrikeTheWrite(running, journal, stop);
            return;
        }

        var most = (int)_undisturbed.TotalMilliseconds;
        if (!_chance.Chance(25))
        {
            await running.Spoke.WaitAsync(stop);
            most = most * 3 / 4;
        }

        await Task.WhenAny(Task.Delay(_chance.Next(0, most), stop), running.Ended);
        stop.ThrowIfCancellationRequested();
        if (!serverDies)
        {
            running.Kill();
            return;
        }

        ground.KillServer();
        _kills++;
        _serverKills++;
        ground.StartServer();
    }

    /// <summary>
    /// The moment in which the migrated copy goes back into the database is the one that matters most, and it is milliseconds
    /// long: chance would hardly meet it.
    /// </summary>
    private static async Task StrikeTheWrite(RunningProgram running, string journal, CancellationToken stop)
    {
        var ended = running.Ended;
        while (!ended.IsCompleted && !File.Exists(journal))
        {
            stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        running.Kill();
    }

    private string NextPlace() =>
        Path.Combine(program.Folder, string.Create(CultureInfo.InvariantCulture, $"backup-{++_attempts}")) + Path.DirectorySeparatorChar;

    /// <summary>The whole backup of a place: with its manifest; null: there is none.</summary>
    private static string? Made(string place) => !Directory.Exists(place) ? null : Directory.GetFiles(place, "*.json")
        .Select(manifest => manifest[..^".json".Length]).FirstOrDefault(File.Exists);
}
