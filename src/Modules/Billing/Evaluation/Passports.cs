using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>The version of a passport that holds on a day of the month.</summary>
internal static class Passports
{
    public static PremisesPassport Of(PremisesRecord premises, BillingPeriod month, int day)
    {
        var date = month.FirstDay.PlusDays(day);
        foreach (var passport in premises.Passports)
        {
            if (passport.From <= date && (passport.To is null || date <= passport.To))
                return passport;
        }

        throw new RefusedException(new Refusal(
            "billing.passport-missing", ("premises", $"{premises.Id.Value}"), ("month", month.ToString())));
    }

    public static BuildingPassport Of(BuildingRecord building, BillingPeriod month)
    {
        foreach (var passport in building.Passports)
        {
            if (passport.From <= month.FirstDay && (passport.To is null || month.FirstDay <= passport.To))
                return passport;
        }

        throw new RefusedException(new Refusal(
            "billing.passport-missing", ("building", $"{building.Id.Value}"), ("month", month.ToString())));
    }
}
