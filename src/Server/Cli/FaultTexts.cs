using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Ochag.Server.Cli;

/// <summary>
/// What a fault of the machine says at the command line: what happened, where, and what to do. A fault that is not the
/// machine's is a bug of ours and has no sentence here: it shows its stack.
/// </summary>
internal static class FaultTexts
{
    private const string Kept = "What was written before is kept; nothing of the last step is.";
    private const string Again = "start the same command again: it goes on where it stopped.";

    /// <param name="database">The database for people, without what is secret in its address.</param>
    public static string? Sentence(Exception fault, string database)
    {
        // The cause lies at different depths: EF, the bulk writer and parallel work each wrap it in their own way.
        for (var e = fault; e is not null; e = e.InnerException)
        {
            if (Of(e, database) is { } sentence)
                return sentence;
        }

        return null;
    }

    private static string? Of(Exception e, string database) => e switch
    {
        SqliteException sqlite => OfSqlite(sqlite, database),
        PostgresException postgres => OfPostgres(postgres, database),
        NpgsqlException or SocketException =>
            $"{database} does not answer: {e.Message} {Kept} See that the database runs, then {Again}",
        FileNotFoundException or DirectoryNotFoundException => $"{e.Message} Nothing was changed: check the name.",
        IOException { HResult: 28 or unchecked((int)0x80070070) } =>
            $"The disk is full: {e.Message} {Kept} Free some space, then {Again}",
        IOException => e.Message,
        UnauthorizedAccessException =>
            $"{e.Message} Give the user that runs the program the right to it, or name another place.",
        _ => null,
    };

    private static string OfSqlite(SqliteException e, string database) => e.SqliteErrorCode switch
    {
        _ when Directory.Exists(database) => $"{database} is a folder. Name a file in it by --database.",
        5 or 6 => $"{database} is held by another program for too long. {Kept} Stop that program, then {Again}",
        8 => $"{database} cannot be written: it or its folder is read-only. {Kept} Give the user that runs the program the right to both, then {Again}",
        10 => $"The disk of {database} does not read or write as it should: {e.Message} {Kept} Look at the disk before anything else.",
        11 => $"{database} is damaged: {e.Message} Stop everything that uses it and restore the last good backup by 'ochag restore'.",
        13 => $"The disk of {database} is full. {Kept} Free some space, then {Again}",
        14 => $"{database} cannot be opened. See that its folder is there and that the user that runs the program may write in it, or name another place by --database.",
        26 => $"{database} is not an SQLite database. Name another file by --database.",
        _ => $"{database}: {e.Message}",
    };

    private static string OfPostgres(PostgresException e, string database) => e.SqlState switch
    {
        PostgresErrorCodes.DiskFull => $"The disk of {database} is full. {Kept} Free some space, then {Again}",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            $"{database} is stopping or starting: {e.MessageText}. {Kept} When it runs again, {Again}",
        PostgresErrorCodes.InvalidCatalogName =>
            $"{database}: {e.MessageText}. Create it (createdb), or name another by --database.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"{database} does not let us in: {e.MessageText}. Check user and password of the setting Database.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"{database}: {e.MessageText}. Give the user the right (the database should be his own).",
        _ => $"{database}: {e.MessageText} [{e.SqlState}]",
    };
}
