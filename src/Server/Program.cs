using Ochag.Server.Cli;

return await Commands.Run(args);
