using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Ochag.Server;

namespace Ochag.Specs.Server;

/// <summary>Who reads a page: the texts in his language.</summary>
internal static class Reader
{
    public static readonly IStringLocalizer<Texts> Sentences =
        new StringLocalizer<Texts>(new ResourceManagerStringLocalizerFactory(
            Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    public static TheoryData<string> Languages => ["ru", "uk", "en"];

    public static T In<T>(string language, Func<T> read)
    {
        var (culture, texts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return read();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, texts);
        }
    }

    public static void In(string language, Action check) => In(language, () =>
    {
        check();
        return true;
    });
}
