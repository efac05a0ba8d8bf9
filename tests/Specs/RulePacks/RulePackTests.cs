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
    public void A_doubtful_pack_is_refused_with_file_and_line(string rows, string code, string line)
    {
        File.WriteAllText(Path.Combine(_folder, "parameters.csv"), Head + rows);
        var refusal = RulePack.Read(_folder).Refusal;
        refusal!.Code.ShouldBe(code);
        refusal.Facts.ShouldContain(("line", line));
        refusal.Facts.ShouldContain(("file", Path.Combine(_folder, "parameters.csv")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
