// The program exists for dotnet-ef alone, which starts from an executable's settings.
Console.Error.WriteLine("Add a migration with tools/Migrations/add NAME (see CONTRIBUTING.md).");
return 1;
