using System.CommandLine;
using Ochag.Bench.Kept;
using Ochag.Bench.Kills;

var root = new RootCommand("Measures and torments Ochag from outside, through its own command line.")
{
    KillCommand.Build(), KeepCommand.Build(),
};
return await root.Parse(args).InvokeAsync();
