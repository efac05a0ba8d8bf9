using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.RulePacks;

public sealed class RulePackTests : IDisposable
{
    private const string Head = "table,key,from,to,value,paragraph,confidence,note\n";
    private const string Row = "vat,vat,2019-01-01,2025-12-31,20,NK 164,confirmed,\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("ochag-pack-").FullName;

    [Fact]
    public void The_pack_that_is_shipped_is_read_and_names_a_paragraph_for_every_number()
    {
        var pack = Evaluation.WorkedBuildingTests.Pack();
        pack.Name.ShouldBe("ru-354");
        pack.Parameters.ShouldAllBe(p => p.Parameter.Source.Length > 0);
        pack.Formulas.Keys.ShouldBe(Enum.GetValues<Formula>().Select(f => (int)f), ignoreOrder: true);
    }

    [Theory]
    [InlineData("ru-354")]
    [InlineData("ua-gas")]
    public void A_pack_that_is_shipped_has_a_paragraph_for_every_clause_of_every_service(string name)
    {
        var clauses = RulePack.Read(Path.Combine(Repository.Root, "rulepacks", name)).Value.Clauses;
        foreach (var clause in Enum.GetValues<Clause>())
            Enum.GetValues<Service>().ShouldAllBe(s => clauses.Paragraph(s, clause).Length > 0);
    }

    [Theory]
    [InlineData("failde,354 p.59\n", "billing.rule-pack-unknown-name")]
    [InlineData("water.failed,354 p.59\n", "billing.rule-pack-unknown-name")]
    [InlineData("failed,354 p.60\nfailed,354 p.60\n", "billing.rule-pack-unknown-name")]
    [InlineData("failed,\n", "billing.rule-pack-value-broken")]
    [InlineData("failed\n", "billing.rule-pack-row-broken")]
    [InlineData("failed,354 p.60\n", "billing.rule-pack-clause-missing")]
    [InlineData(null, "billing.clauses-not-found")]
    public void Doubtful_clauses_are_refused_with_their_file(string? rows, string code)
    {
        foreach (var part in new[] { "parameters.csv", "formulas.csv", "calendar.csv" })
            File.Copy(Path.Combine(Repository.Root, "rulepacks", "ru-354", part), Path.Combine(_folder, part));
        var file = Path.Combine(_folder, "clauses.csv");
        if (rows is not null)
            File.WriteAllText(file, "code,paragraph\n" + rows);
        var refusal = RulePack.Read(_folder).Refusal;
        refusal!.Code.ShouldBe(code);
        refusal.Facts.ShouldContain(("file", file));
    }

    [Theory]
    [InlineData(Row + "vat,vat,2026-01-02,,22,NK 164,confirmed,\n", "billing.rule-pack-gap", "3")]
    [InlineData(Row + "vat,vat,2025-12-31,,22,NK 164,confirmed,\n", "billing.rule-pack-overlap", "3")]
    [InlineData("vat,vat,2019-01-01,,20,NK 164,confirmed,\nvat,vat,2026-01-01,,22,NK 164,confirmed,\n", "billing.rule-pack-overlap", "3")]
    [InlineData(Row + "vta,vat,2026-01-01,,22,NK 164,confirmed,\n", "billing.rule-pack-unknown-name", "3")]
    [InlineData(Row + "vat,vatt,2026-01-01,,22,NK 164,confirmed,\n", "billing.rule-pack-unknown-name", "3")]
    [InlineData(Row + "vat,vat,2026-01-01,,22,NK 164,rumour,\n", "billing.rule-pack-unknown-name", "3")]
    [InlineData(Row + "vat,vat,2026-13-01,,22,NK 164,confirmed,\n", "billing.rule-pack-value-broken", "3")]
    [InlineData(Row + "vat,vat,2026-01-01,,twenty,NK 164,confirmed,\n", "billing.rule-pack-value-broken", "3")]
    [InlineData(Row + "vat,vat,2026-01-01,,22,,confirmed,\n", "billing.rule-pack-value-broken", "3")]
    [InlineData(Row + "vat,vat,2026-01-01\n", "billing.rule-pack-row-broken", "3")]
    [InlineData(Row + "vat,vat,2026-01-01,,400,NK 164,confirmed,\n", "billing.rule-pack-value-impossible", "3")]
    [InlineData(Row + "vat,vat,2026-01-01,,-1,NK 164,confirmed,\n", "billing.rule-pack-value-impossible", "3")]
    [InlineData("norm,cold_water.bath,2026-01-01,,-4.745,354,confirmed,\n", "billing.rule-pack-value-impossible", "2")]
    [InlineData("q,closed,2026-01-01,,0,354,confirmed,\n", "billing.rule-pack-value-impossible", "2")]
    [InlineData("raising_factor,kp,2017-01-01,,15,354,confirmed,\n", "billing.rule-pack-value-impossible", "2")]
    [InlineData("gas_profile,heating:1,2017-01-01,,17,2494,confirmed,\n", "billing.rule-pack-value-impossible", "2")]
    [InlineData("setting,planned_days,2011-09-01,,0,354,confirmed,\n", "billing.rule-pack-value-impossible", "2")]
    [InlineData("setting,reading_day,2011-09-01,,32,354,confirmed,\n", "billing.rule-pack-value-impossible", "2")]
    [InlineData("setting,gas.average_least,2011-09-01,,0,549,confirmed,\n", "billing.rule-pack-value-impossible", "2")]
    [InlineData("setting,quality.hot_water.step,2011-09-01,,0,354,confirmed,\n", "billing.rule-pack-value-impossible", "2")]
    [InlineData("setting,true_up_month,2011-09-01,,3.5,354,confirmed,\n", "billing.rule-pack-value-not-whole", "2")]
    [InlineData("setting,failed_periods,2011-09-01,,3,354,confirmed,\n", "billing.rule-pack-unknown-name", "2")]
    [InlineData(
        "setting,average_window,2011-09-01,,6,354,confirmed,\nsetting,average_least,2011-09-01,2016-12-31,3,354,confirmed,\n"
        + "setting,average_least,2017-01-01,,7,354,confirmed,\n", "billing.rule-pack-order", "4")]
    [InlineData(
        "setting,quality.heating.once.8,2011-09-01,,4,354,confirmed,\nsetting,quality.heating.once.10,2011-09-01,,2,354,confirmed,\n",
        "billing.rule-pack-order", "3")]
    [InlineData("range_bound,electricity.1,2020-01-01,,7,1178,confirmed,\nrange_bound,electricity.2,2020-01-01,,5,1178,confirmed,\n",
        "billing.rule-pack-order", "3")]
    public void A_doubtful_pack_is_refused_with_file_and_line(string rows, string code, string line)
    {
        File.WriteAllText(Path.Combine(_folder, "parameters.csv"), Head + rows);
        var refusal = RulePack.Read(_folder).Refusal;
        refusal!.Code.ShouldBe(code);
        refusal.Facts.ShouldContain(("line", line));
        refusal.Facts.ShouldContain(("file", Path.Combine(_folder, "parameters.csv")));
    }

    [Fact]
    public void Thresholds_that_never_hold_together_stand_in_no_order()
    {
        File.WriteAllText(Path.Combine(_folder, "parameters.csv"), Head
            + "setting,average_window,2011-09-01,2016-12-31,3,354,confirmed,\nsetting,average_window,2017-01-01,,6,354,confirmed,\n"
            + "setting,average_least,2017-01-01,,5,354,confirmed,\n");
        File.WriteAllText(Path.Combine(_folder, "formulas.csv"), "number,code,paragraph,formula\n");
        // The parameters are in order: the formulas are what is missed.
        RulePack.Read(_folder).Refusal!.Code.ShouldBe("billing.rule-pack-formula-missing");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
