using System.Diagnostics;
using Ochag.Billing.Contracts;

namespace Ochag.Server.Cli;

/// <summary>How far a run is, how fast it goes, and what is left; counted from where it was taken up.</summary>
internal sealed class RunPaceText
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private RunRecord? _first;

    public string Of(RunRecord run)
    {
        _first ??= run;
        var far = $"{run.BuildingsDone:N0} of {run.Buildings:N0} buildings, {run.Accounts:N0} accounts, {run.Lines:N0} lines";
        var (seconds, done) = (_watch.Elapsed.Seconds + 60 * (long)_watch.Elapsed.TotalMinutes, run.BuildingsDone - _first.BuildingsDone);
        if (seconds < 2 || done == 0)
            return far;
        var rate = (run.Accounts - _first.Accounts) / seconds;
        var left = seconds * (run.Buildings - run.BuildingsDone) / done;
        return $"{far}; {rate:N0} accounts a second, {left:N0} s left{(run.Refused == 0 ? "" : $"; {run.Refused:N0} buildings refused")}";
    }
}
