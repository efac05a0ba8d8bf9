using System.Globalization;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;

namespace Ochag.Registry.Intake;

/// <summary>What a new territory can be called, and where it can lie.</summary>
internal static class TerritoryRules
{
    /// <summary>Null: nothing is wrong with the draft itself; whether there is such a territory already is asked elsewhere.</summary>
    public static Refusal? Refuse(TerritoryDraft draft)
    {
        if (!IsCode(draft.Code))
        {
            return new("registry.territory-code-wrong",
                ("territory", draft.Code), ("most", RegistryModel.NumberLength.ToString(CultureInfo.InvariantCulture)));
        }

        if (draft.Name.Trim().Length is 0 or > RegistryModel.NameLength || draft.Name.Any(char.IsControl))
        {
            return new("registry.territory-name-wrong",
                ("territory", draft.Code), ("most", RegistryModel.NameLength.ToString(CultureInfo.InvariantCulture)));
        }

        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(draft.TimeZone) is null
            ? new("registry.time-zone-unknown", ("zone", draft.TimeZone))
            : null;
    }

    /// <summary>A code goes into names of files and addresses of pages: the letters that are themselves everywhere.</summary>
    private static bool IsCode(string code) =>
        code.Length is > 0 and <= RegistryModel.NumberLength && char.IsAsciiLetterLower(code[0]) && code[^1] != '-'
        && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
