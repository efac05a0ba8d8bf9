using Ochag.Foundation;

namespace Ochag.Server.Cli;

/// <summary>What a refusal says at the command line: what happened, where, and what to do.</summary>
internal static class RefusalTexts
{
    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["registry.territory-unknown"] = "There is no territory {territory}. 'ochag territory list' shows those there are; 'ochag territory add' makes one.",
        ["registry.territory-exists"] = "There is a territory {territory} already.",
        ["registry.time-zone-unknown"] = "There is no time zone {zone}. Write its tz database name, such as Asia/Yekaterinburg.",
        ["registry.file-not-found"] = "There is no file {file}.",
        ["registry.file-broken"] = "{file} cannot be read: {reason}. Nothing was taken.",
        ["registry.register-layout-unknown"] = "{file} is not a housing register of a known layout: it has no columns {missing columns}. Nothing was taken.",
        ["billing.month-already-posted"] = "{month} is posted already. A posted month is never run again: what changed since is posted as a difference in the open month.",
        ["billing.month-before-start"] = "{month} lies before the first month billed here, {billed since}.",
        ["billing.previous-month-open"] = "{month} is not posted yet. Run it first: months go in their order.",
        ["billing.run-in-progress"] = "Another process is running a month of {territory} now. Wait for it, or stop it and start again.",
        ["billing.no-buildings"] = "The territory has no buildings. 'ochag import houses' takes them in.",
        ["billing.run-has-refusals"] = "{buildings} buildings could not be evaluated, so nothing of run {run} counts. Mend their facts and start the run again: it goes on with them.",
        ["billing.rule-pack-not-found"] = "There is no rule pack {pack} in {folder}.",
        ["billing.rule-pack-overlap"] = "{file}, line {line}: the row of '{key}' from {from} overlaps the row on line {other line}. End that row the day before.",
        ["billing.rule-pack-gap"] = "{file}, line {line}: between the row of '{key}' on line {other line} and this one from {from} days are missing.",
        ["billing.rule-pack-unknown-name"] = "{file}, line {line}: '{value}' is not a known {column}.",
        ["billing.rule-pack-value-broken"] = "{file}, line {line}: '{value}' is not a value for {column}.",
        ["billing.rule-pack-row-broken"] = "{file}, line {line}: the row has {fields} fields, not as many as the head.",
        ["billing.rule-pack-formula-missing"] = "{file}: formula {number} is missing.",
        ["backup.file-exists"] = "{file} or its manifest is there already. A backup is never written over another: name a new file.",
        ["backup.file-not-found"] = "There is no file {file}. A backup is two files, FILE and FILE.json: both are needed.",
        ["backup.manifest-broken"] = "{file} is not the manifest of a backup. Nothing was restored: take another copy of both files.",
        ["backup.no-database"] = "{database} holds no database of ours. --database says where another one lies.",
        ["backup.damaged"] = "{database} is damaged: {reason}. No backup was made. Stop the server and restore the last good backup.",
        ["backup.hash-differs"] = "{file} is not what its manifest describes: its SHA-256 differs, so it was changed or damaged. Nothing was restored: take another copy.",
        ["backup.numbers-differ"] = "{file} does not hold what its manifest says. {first}. Take another backup.",
        ["backup.other-database"] = "This is a backup of {backup}, and the database here is {here}. Name one of the same kind by --database.",
        ["backup.schema-newer"] = "The backup was made by a newer program, {program} (schema {schema}). Nothing was restored: install that program first.",
        ["backup.database-not-empty"] = "{database} holds data already. Nothing was restored: name an empty database, or say --replace to put the backup in their place.",
        ["backup.database-in-use"] = "{database} is in use. Nothing was restored: stop the server first.",
        ["backup.database-in-use-by"] = "{database} is in use by {sessions} sessions. Nothing was restored: stop the server first.",
        ["backup.postgres-programs-missing"] = "pg_dump, pg_restore and psql are neither on PATH nor in {places}. Install them (Debian: apt-get install postgresql-client).",
        ["backup.postgres-program-failed"] = "{program} did not do it: {reason}",
    };

    public static string Sentence(Refusal refusal)
    {
        if (!Sentences.TryGetValue(refusal.Code, out var sentence))
            return refusal.ToString();
        foreach (var (name, value) in refusal.Facts)
            sentence = sentence.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return $"{sentence} [{refusal.Code}]";
    }
}
