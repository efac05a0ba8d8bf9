using System.CommandLine;
using Ochag.Bench.BillRun;
using Ochag.Bench.Fuzz;
using Ochag.Bench.Kept;
using Ochag.Bench.Kills;
using Ochag.Bench.Search;
using Ochag.Bench.Upgrades;

var root = new RootCommand("Measures and torments Ochag from outside, through its own command line.")
{
    KillCommand.Build(), KeepCommand.Build(), SearchCommand.Build(), FuzzCommand.Build(), BillRunCommand.Build(),
    UpgradeCommand.Build(),
};
return await root.Parse(args).InvokeAsync();
