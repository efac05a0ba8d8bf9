using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Server.Console.RulePacks;
using Ochag.Server.Demo;
using Shouldly;

namespace Ochag.Specs.Server;

/// <summary>Parameters and paragraphs in the reader's language.</summary>
public sealed class RuleWordsTests
{
    /// <summary>A new parameter of a pack gets its words in Texts.resx and the two others; what is missing is named.</summary>
    [Theory]
    [InlineData("ru")]
    [InlineData("uk")]
    [InlineData("en")]
    public void Every_parameter_that_is_shipped_is_told_in_words(string language) => Reader.In(language, () =>
        Directory.GetDirectories(Path.Combine(Repository.Root, "rulepacks"))
            .SelectMany(pack => RulePack.Read(pack).Value.Parameters.Select(p => p.Parameter)).Concat(TerritoryParameters.Make())
            .Where(p => !RuleWords.IsNamed(Reader.Sentences, p.Table, p.Key)).Select(p => $"parameter.{p.Table}.{p.Key}").Distinct()
            .ShouldBeEmpty());

    [Theory]
    [InlineData("ru", ParameterTable.Tariff, "hot_water.carrier", "Горячая вода: теплоноситель")]
    [InlineData("uk", ParameterTable.Tariff, "electricity.half_peak", "Електрика: напівпік")]
    [InlineData("en", ParameterTable.Norm, "odn.cold_water", "Common-house needs: cold water")]
    [InlineData("en", ParameterTable.Norm, "heating", "Heating")]
    [InlineData("en", ParameterTable.Setting, "a_new_setting", "a_new_setting")]
    [InlineData("en", ParameterTable.Tariff, "steam.3", "steam.3")]
    [InlineData("ru", ParameterTable.Tariff, "electricity.energy.2", "Электричество: без зон, диапазон 2")]
    [InlineData("ru", ParameterTable.Tariff, "gas.distribution", "Газ: транспортировка газа")]
    [InlineData("ru", ParameterTable.Setting, "gas.failed_periods", "Газ: прибор неисправен или не поверен: по среднему")]
    [InlineData("uk", ParameterTable.GasProfile, "heating:01", "Група heating: січень")]
    [InlineData("en", ParameterTable.RangeBound, "electricity.1", "Electricity: upper bound of range 1, a month")]
    public void A_key_is_told_in_words_or_as_it_is(string language, ParameterTable table, string key, string words) =>
        Reader.In(language, () => RuleWords.Name(Reader.Sentences, table, key).ShouldBe(words));

    [Theory]
    [InlineData(ParameterTable.Tariff, "hot_water.heat", "2512.47", "2 512,47 ₽/Гкал")]
    [InlineData(ParameterTable.Tariff, "electricity.day", "7.1", "7,10 ₽/кВт·ч")]
    [InlineData(ParameterTable.Norm, "heating", "0.0253", "0,0253 Гкал/м²")]
    [InlineData(ParameterTable.Norm, "odn.electricity", "0.9", "0,9 кВт·ч/м²")]
    [InlineData(ParameterTable.Norm, "cold_water", "4.5", "4,5 м³/чел.")]
    [InlineData(ParameterTable.HeatPerCubicMetre, "open", "0.0649", "0,0649 Гкал/м³")]
    [InlineData(ParameterTable.RaisingFactor, "kp", "1.5", "× 1,5")]
    [InlineData(ParameterTable.Vat, "vat", "22", "22 %")]
    [InlineData(ParameterTable.Setting, "average_window", "6", "6 мес.")]
    [InlineData(ParameterTable.Setting, "reverse_norm", "0", "нет")]
    [InlineData(ParameterTable.Setting, "reading_day", "25", "25-е число")]
    [InlineData(ParameterTable.Setting, "a_new_setting", "7", "7")]
    [InlineData(ParameterTable.Setting, "gas.average_window", "12", "12 мес.")]
    [InlineData(ParameterTable.Setting, "electricity.failed_periods", "9999", "без срока")]
    [InlineData(ParameterTable.Setting, "quality.break_percent", "0.15", "0,15 %")]
    [InlineData(ParameterTable.Setting, "quality.heating.once.12", "16", "16 ч")]
    [InlineData(ParameterTable.Setting, "quality.heating.tolerance_up", "4", "4 °C")]
    [InlineData(ParameterTable.Setting, "quality.night_ends", "5", "с 0 до 5 ч")]
    [InlineData(ParameterTable.Setting, "gas.quality_by_share", "1", "да")]
    [InlineData(ParameterTable.Setting, "reading_window_from", "28", "с 28-го числа")]
    [InlineData(ParameterTable.Setting, "true_up_month", "3", "март")]
    [InlineData(ParameterTable.GasProfile, "heating:01", "0.173", "17,3 %")]
    [InlineData(ParameterTable.RangeBound, "electricity.1", "150", "150 кВт·ч")]
    public void A_number_has_its_unit(ParameterTable table, string key, string value, string shown) => Reader.In("ru", () =>
        RuleWords.Value(Reader.Sentences, Row(table, key, value), Currency.Rub).Replace('\u00A0', ' ').ShouldBe(shown));

    [Theory]
    [InlineData("ru", "354 p.42(1); Annex 2 F.3, 3(1)", "Правила № 354, п. 42(1); прил. 2 ф. 3, 3(1)")]
    [InlineData("ru", "354 p.31 \"zh\", 34 \"v\"", "Правила № 354, п. 31 «ж», 34 «в»")]
    [InlineData("uk", "354 p.59(1), Decree 1176 of 29.08.2024", "Правила № 354, п. 59(1), постанова № 1176 від 29.08.2024")]
    [InlineData("en", "354 p.31 \"zh\"", "Rules 354, p. 31 “zh”")]
    [InlineData("ru", "354 Annex 1 items 3, 7, 13", "Правила № 354, прил. 1 п. 3, 7, 13")]
    [InlineData("ru", "Decree 950 of 29.06.2020; 354 p.59", "постановление № 950 от 29.06.2020; Правила № 354, п. 59")]
    [InlineData("uk", "Code of GDS IX ch.4; 2494", "Кодекс газорозподільних систем IX гл. 4; 2494")]
    [InlineData("ru", "ZhK art.160", "ЖК РФ ст. 160")]
    [InlineData("en", "NK art.164 p.3", "Tax Code of Russia art. 164 p. 3")]
    [InlineData("ru", "TK RF art.112: 08.03 → 09.03", "ТК РФ ст. 112: 08.03 → 09.03")]
    [InlineData("ru", "Rules of gas supply (NKREKP 2496)", "Rules of gas supply (NKREKP 2496)")]
    public void A_paragraph_is_cited_in_the_readers_language(string language, string paragraph, string cited) =>
        Reader.In(language, () => Citation.Of(Reader.Sentences, paragraph).ShouldBe(cited));

    [Theory]
    [InlineData("ru")]
    [InlineData("uk")]
    public void No_paragraph_of_a_clause_or_a_formula_keeps_an_english_word(string language) => Reader.In(language, () =>
    {
        foreach (var name in new[] { "ru-354", "ua-gas" })
        {
            var pack = RulePack.Read(Path.Combine(Repository.Root, "rulepacks", name)).Value;
            pack.Clauses.Rows.Values.Concat(pack.Formulas.Values.Select(f => f.Paragraph)).Select(p => Citation.Of(Reader.Sentences, p))
                .Where(p => p.Any(char.IsAsciiLetterLower)).ShouldBeEmpty();
        }
    });

    private static RuleRow Row(ParameterTable table, string key, string value) =>
        new(table, key, new(2020, 1, 1), null, Exact.Parse(value), Backing.Memory, "354 p.1", "", Replaced: false);
}
