using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>Columns and words that several kinds of registers share.</summary>
public static class ImportWords
{
    public static readonly ImportColumn Account = new(
        "account", ImportValue.Text, true, "0100000017", "лс", "лицевой счет", "номер лс", "№ лс", "особовий рахунок", "account number");

    public static readonly ImportColumn From = new(
        "from", ImportValue.Date, false, "01.10.2026", "с", "дата начала", "действует с", "начало", "з");

    public static readonly ImportColumn To = new(
        "to", ImportValue.Date, false, "", "по", "дата окончания", "действует по", "окончание");

    public static readonly ImportColumn Service = new(
        "service", ImportValue.Choice, true, "отопление", "услуга", "вид услуги", "послуга", "ресурс")
    {
        Choices = Choices(
            ("ColdWater", "cold water;холодная вода;холодное водоснабжение;хвс;холодна вода"),
            ("HotWater", "hot water;горячая вода;горячее водоснабжение;гвс;гаряча вода"),
            ("Drainage", "drainage;водоотведение;канализация;водовідведення"),
            ("Heating", "heating;отопление;тепло;тепловая энергия;опалення"),
            ("Electricity", "electricity;электроэнергия;электричество;электроснабжение;эл;электроенергія;електроенергія"),
            ("Gas", "gas;газ;газоснабжение;природный газ")),
    };

    public static readonly ImportColumn HolderKind = new(
        "holder_kind", ImportValue.Choice, false, "физлицо", "тип абонента", "тип владельца", "вид абонента")
    {
        Choices = Choices(
            ("Person", "person;физлицо;физическое лицо;население;гражданин;фізична особа"),
            ("Company", "company;юрлицо;юридическое лицо;организация;юридична особа")),
    };

    /// <summary>The words of each choice, folded; the choice's own name is one of them.</summary>
    public static IReadOnlyDictionary<string, string> Choices(params (string Choice, string Words)[] choices) => choices
        .SelectMany(c => c.Words.Split(';').Append(c.Choice).Select(word => (Word: SearchKey.Fold(word), c.Choice)))
        .DistinctBy(c => c.Word, StringComparer.Ordinal)
        .ToDictionary(c => c.Word, c => c.Choice, StringComparer.Ordinal);

    /// <summary>The numbers of accounts that the rows name.</summary>
    public static IEnumerable<string> AccountNumbers(ImportBatch batch, IReadOnlyList<ImportColumn> columns) =>
        batch.Rows.Select(row => new ImportCells(row, columns).Text(Account.Name));

    /// <summary>The account that a row names; refused with <c>registry.account-unknown</c> or <c>registry.account-elsewhere</c>.</summary>
    public static Outcome<AccountPlace> AccountOf(IReadOnlyDictionary<string, AccountPlace> accounts, ImportCells cells)
    {
        var number = cells.Text(Account.Name);
        if (cells.Fault is { } fault)
            return fault;
        if (!accounts.TryGetValue(number, out var account))
            return new Refusal("registry.account-unknown", ("account", number));
        return account.Elsewhere ? new Refusal("registry.account-elsewhere", ("account", number)) : account;
    }
}
