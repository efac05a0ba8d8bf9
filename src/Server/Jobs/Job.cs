using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Storage;

namespace Ochag.Server.Jobs;

/// <summary>Where a job stands. Stored by name: never rename one.</summary>
public enum JobState
{
    Waiting,
    Working,
    Done,

    /// <summary>What was asked for cannot be done: the refusal says why.</summary>
    Refused,

    /// <summary>A fault of the program or of the machine; the server's own log has it whole.</summary>
    Failed,
    Cancelled,

    /// <summary>The server ended while it worked on it.</summary>
    Interrupted,
}

/// <summary>A long piece of work that somebody asked for and may leave alone: its page tells how far it is.</summary>
public sealed class Job
{
    public required long Id { get; init; }

    /// <summary>The <see cref="IJobKind.Name"/> that does it.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, for the program: one thing has one job at a time.</summary>
    public required string Subject { get; init; }

    /// <summary>What it is about, for people: a month, the name of a file.</summary>
    public required string Label { get; init; }
    public required long TerritoryId { get; init; }

    /// <summary>What the kind needs to do it, in the kind's own words.</summary>
    public required string Payload { get; init; }
    public required string Owner { get; init; }
    public required Instant AskedAt { get; init; }
    public Instant? StartedAt { get; set; }
    public Instant? EndedAt { get; set; }
    public JobState State { get; set; }

    /// <summary>Thousandths.</summary>
    public int Permille { get; set; }
    public bool CancelAsked { get; set; }

    /// <summary>The page of what came of it.</summary>
    public string? Result { get; set; }

    /// <summary>Why it was not done, as <see cref="Foundation.Refusal.ToString"/> writes it.</summary>
    public string? Reason { get; set; }

    /// <summary>The job that this one tries again.</summary>
    public long? RetryOf { get; init; }

    public bool IsActive => State is JobState.Waiting or JobState.Working;
    public bool MayRetry => State is JobState.Refused or JobState.Failed or JobState.Cancelled or JobState.Interrupted;
}

/// <summary>A line of a job's log: a text "jobs.log.KEY" with its figures.</summary>
public sealed class JobLine
{
    public required long JobId { get; init; }
    public required int Number { get; init; }
    public required Instant At { get; init; }
    public required string Key { get; init; }

    /// <summary>What fills the text's places, one a line.</summary>
    public required string Facts { get; init; }
}

internal sealed class JobsModel : IModelPart
{
    public const int LabelLength = 200;
    public const int PayloadLength = 4000;
    public const int ReasonLength = 2000;
    public const int FactsLength = 500;

    public void Configure(ModelBuilder model)
    {
        model.Entity<Job>(e =>
        {
            e.ToTable("server_jobs");
            e.HasKey(j => j.Id);
            e.Property(j => j.Id).ValueGeneratedNever();
            e.Property(j => j.Kind).HasMaxLength(40);
            e.Property(j => j.Subject).HasMaxLength(100);
            e.Property(j => j.Label).HasMaxLength(LabelLength);
            e.Property(j => j.Payload).HasMaxLength(PayloadLength);
            e.Property(j => j.Owner).HasMaxLength(100);
            e.Property(j => j.State).HasConversion<string>().HasMaxLength(20);
            e.Property(j => j.Result).HasMaxLength(200);
            e.Property(j => j.Reason).HasMaxLength(ReasonLength);
            e.HasIndex(j => j.State);
            e.HasIndex(j => new { j.Subject, j.Id });
        });
        model.Entity<JobLine>(e =>
        {
            e.ToTable("server_job_lines");
            e.HasKey(l => new { l.JobId, l.Number });
            e.HasOne<Job>().WithMany().HasForeignKey(l => l.JobId).OnDelete(DeleteBehavior.Cascade);
            e.Property(l => l.Key).HasMaxLength(60);
            e.Property(l => l.Facts).HasMaxLength(FactsLength);
        });
    }
}
