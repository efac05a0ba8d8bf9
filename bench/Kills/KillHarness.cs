using System.Diagnostics;
using Ochag.Bench.Grounds;
using Ochag.Bench.Town;
using Ochag.Foundation;

namespace Ochag.Bench.Kills;

/// <summary>What came of the kills. Whole: nothing lost, nothing doubled, nothing that the database complains of.</summary>
internal sealed record KillReport(
    int Kills, int ServerKills, int Lost, int Doubled, int AcknowledgedLost, IReadOnlyList<string> Faults, string Hash, long Lines,
    TimeSpan Took)
{
    public bool IsWhole => Lost == 0 && Doubled == 0 && AcknowledgedLost == 0 && Faults.Count == 0;
}

/// <summary>
/// Bills a town while the program is killed (-9) at random moments and started again until each month is posted, and
/// compares every line with a run that nobody disturbed. Between the months it makes territories, and those that the
/// program acknowledged must be there at the end.
/// </summary>
internal sealed class KillHarness(Ground ground, OchagProgram program, SmallTown town, ulong seed, Action<string> say)
{
    private const int NewTerritories = 3;

    private readonly Seeded _chance = new(seed);
    private readonly List<string> _faults = [];

    // How long a command takes when nobody disturbs it, by its first word: the shortest seen. A blow after its end is none.
    private readonly Dictionary<string, TimeSpan> _usual = new(StringComparer.Ordinal);
    private int _kills;
    private int _serverKills;

    public async Task<KillReport> Run(int kills, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        await town.Build(program, stop);
        await ground.Keep(stop);
        var whole = await BillUndisturbed(stop);
        say($"undisturbed: {whole.Each.Count:N0} lines, sha256 {whole.Hash[..16]}, a month in {_usual["bill"].TotalSeconds:0.0} s");

        var (lost, doubled, acknowledgedLost) = (0, 0, 0);
        for (var round = 1; _kills < kills; round++)
        {
            await ground.Begin(stop);
            var acknowledged = await Torment(round, kills, stop);
            var lines = await ground.ReadLines(stop);
            lost += lines.LostOf(whole);
            doubled += lines.DoubledOver(whole);
            var present = await ground.Codes(stop);
            acknowledgedLost += acknowledged.Count(a => present.Count(p => p == a) != 1);
            if (lines.Hash != whole.Hash)
                _faults.Add($"round {round}: the lines hash to {lines.Hash}");
            if (await ground.WrongRuns(stop) is > 0 and var wrong)
                _faults.Add($"round {round}: {wrong} runs are not posted or do not add up");
            if (await ground.Check(stop) is { } torn)
                _faults.Add($"round {round}: {torn}");
            say($"round {round}: {_kills} kills so far, {lost} lost, {doubled} doubled");
        }

        return new(_kills, _serverKills, lost, doubled, acknowledgedLost, _faults, whole.Hash, whole.Each.Count, watch.Elapsed);
    }

    private async Task<Lines> BillUndisturbed(CancellationToken stop)
    {
        foreach (var month in town.MonthNames)
        {
            var watch = Stopwatch.StartNew();
            await program.Must(stop, "bill", "run", "--post", "--month", month, "--territory", town.Code);
            Took("bill", watch.Elapsed);
        }

        return await ground.ReadLines(stop);
    }

    private void Took(string command, TimeSpan time)
    {
        if (!_usual.TryGetValue(command, out var shortest) || time < shortest)
            _usual[command] = time;
    }

    /// <summary>One life of the town; the codes of territories that the program said it had made.</summary>
    private async Task<List<string>> Torment(int round, int kills, CancellationToken stop)
    {
        var acknowledged = new List<string>();
        foreach (var (index, month) in town.MonthNames.Index())
        {
            await UntilDone(
                kills, "billing.month-already-posted", stop, "bill", "run", "--post", "--month", month, "--territory", town.Code);
            if (index >= NewTerritories)
                continue;
            var code = $"t{round}-{index}";
            await UntilDone(kills, "registry.territory-exists", stop,
                "territory", "add", code, "--time-zone", "Asia/Chita", "--billed-since", month);
            acknowledged.Add(code);
        }

        return acknowledged;
    }

    /// <summary>
    /// Starts a command until it says that it is done, or that it was: the one before may have died after its last
    /// write and before its last word.
    /// </summary>
    private async Task UntilDone(int kills, string doneBefore, CancellationToken stop, params string[] arguments)
    {
        while (true)
        {
            var serverDies = ground.HasServer && _chance.Chance(20);
            var watch = Stopwatch.StartNew();
            var answer = await program.Run(
                _kills < kills ? p => Strike(p, arguments[0], serverDies, stop) : null, stop, arguments);
            if (answer.Done)
                Took(arguments[0], watch.Elapsed);
            if (answer.Done || answer.Faults.Contains(doneBefore, StringComparison.Ordinal))
                return;
            // The server has not noticed yet that the one before is dead.
            if (answer.Faults.Contains("billing.run-in-progress", StringComparison.Ordinal))
                continue;
            if (answer.Code is null)
            {
                _kills++;
                continue;
            }

            // A server that goes away is an expected fault: it is told in a sentence, never in a stack.
            if (!serverDies || answer.Code != 1 || answer.Faults.Contains("   at ", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(
                    $"ochag {string.Join(' ', arguments)} ended with {answer.Code}: {answer.Faults}{answer.Output}");
            }
        }
    }

    /// <summary>Every fourth blow falls anywhere from the start on, the others once the program has begun to write.</summary>
    private async Task Strike(RunningProgram running, string command, bool serverDies, CancellationToken stop)
    {
        var most = (int)_usual.GetValueOrDefault(command, TimeSpan.FromSeconds(2)).TotalMilliseconds;
        if (!_chance.Chance(25))
        {
            await running.Spoke.WaitAsync(stop);
            most /= 2;
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
}
