using NodaTime.Text;
using Ochag.Server.Jobs;

namespace Ochag.Server.Console.Jobs;

internal static class JobTimes
{
    private static readonly DurationPattern Pattern = DurationPattern.CreateWithInvariantCulture("H:mm:ss");

    /// <summary>From beginning to end, hours, minutes, seconds; a dash while there is no such time.</summary>
    public static string Took(Job job) =>
        job is { StartedAt: { } begun, EndedAt: { } ended } ? Pattern.Format(ended - begun) : "—";
}
