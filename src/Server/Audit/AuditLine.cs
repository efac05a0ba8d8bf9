using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Storage;

namespace Ochag.Server.Audit;

/// <summary>Who did or saw what, and when. A line is added and never changed; nothing in the program deletes one.</summary>
internal sealed class AuditLine
{
    public required long Id { get; init; }
    public required Instant At { get; init; }

    /// <summary>Null: nobody was signed in (a refused sign-in).</summary>
    public Guid? StaffId { get; init; }

    /// <summary>The login at that time: it outlives the person's record.</summary>
    public required string Login { get; init; }

    /// <summary>One of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: an account's number, a month, a login. Never a name or an address of a resident.</summary>
    public required string Object { get; init; }

    public long? TerritoryId { get; init; }

    /// <summary>Network address.</summary>
    public required string Address { get; init; }
}

/// <summary>What is written down. The codes are stored: never rename one.</summary>
internal static class AuditActions
{
    public const string SignedIn = "signed-in";
    public const string SignInRefused = "sign-in-refused";
    public const string SignedOut = "signed-out";
    public const string AccountRead = "account-read";
    public const string WorkingRead = "working-read";
    public const string BuildingRead = "building-read";
    public const string RunStarted = "run-started";
    public const string RunStartedAnew = "run-started-anew";
    public const string AnomaliesDecided = "anomalies-decided";
    public const string RunApproved = "run-approved";
    public const string RunIssued = "run-issued";
    public const string RunClosed = "run-closed";
    public const string QualityRecorded = "quality-recorded";
    public const string QualityWithdrawn = "quality-withdrawn";
    public const string ReadingsRecorded = "readings-recorded";
    public const string ReadingCorrected = "reading-corrected";
    public const string MeterChanged = "meter-changed";
    public const string AccountChanged = "account-changed";
    public const string MarksRead = "marks-read";
    public const string MarksChanged = "marks-changed";
    public const string DoubtsDecided = "doubts-decided";
    public const string JobCancelled = "job-cancelled";
    public const string JobRetried = "job-retried";
    public const string ImportTaken = "import-taken";
    public const string ImportRead = "import-read";
    public const string ImportUndone = "import-undone";
    public const string HousesMerged = "houses-merged";
    public const string HousesToldApart = "houses-told-apart";
    public const string MergeUndone = "merge-undone";
    public const string TerritoryMade = "territory-made";
    public const string CompanyChanged = "company-changed";
    public const string TariffDrafted = "tariff-drafted";
    public const string TariffRecorded = "tariff-recorded";
    public const string TariffDropped = "tariff-dropped";
    public const string ThresholdChanged = "threshold-changed";
    public const string SampleMade = "sample-made";
    public const string StaffInvited = "staff-invited";
    public const string StaffRoles = "staff-roles";
    public const string StaffDismissed = "staff-dismissed";
    public const string StaffLink = "staff-link";
    public const string KeyMade = "key-made";
    public const string KeyRevoked = "key-revoked";
    public const string AuditRead = "audit-read";
    public const string PersonExported = "person-exported";
    public const string PersonErased = "person-erased";
    public const string RetentionStarted = "retention-started";
    public const string TableExported = "table-exported";

    public static readonly IReadOnlyList<string> All =
    [
        SignedIn, SignInRefused, SignedOut, AccountRead, WorkingRead, BuildingRead, RunStarted, RunStartedAnew,
        AnomaliesDecided, RunApproved, RunIssued, RunClosed, QualityRecorded, QualityWithdrawn,
        ReadingsRecorded, ReadingCorrected, DoubtsDecided, MeterChanged, AccountChanged, MarksRead, MarksChanged, JobCancelled,
        JobRetried, ImportTaken, ImportRead, ImportUndone, HousesMerged, HousesToldApart, MergeUndone, TerritoryMade, CompanyChanged,
        TariffDrafted, TariffRecorded, TariffDropped, ThresholdChanged, SampleMade, StaffInvited, StaffRoles, StaffDismissed, StaffLink,
        KeyMade, KeyRevoked, AuditRead, PersonExported, PersonErased, RetentionStarted, TableExported,
    ];
}

internal sealed class AuditModel : IModelPart
{
    public const int ObjectLength = 200;

    public void Configure(ModelBuilder model) => model.Entity<AuditLine>(e =>
    {
        e.ToTable("staff_audit");
        e.HasKey(l => l.Id);
        e.Property(l => l.Id).ValueGeneratedNever();
        e.Property(l => l.Login).HasMaxLength(100).ByCodePoints();
        e.Property(l => l.Action).HasMaxLength(40);
        e.Property(l => l.Object).HasMaxLength(ObjectLength).ByCodePoints();
        e.Property(l => l.Address).HasMaxLength(64);
        e.HasIndex(l => new { l.Login, l.Id });
        e.HasIndex(l => new { l.Object, l.Id });
    });
}
