using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Accounts;

namespace Ochag.Server.Console.Facts.Subjects;

/// <summary>Which services an account takes, by day: one begins, ends, or its record is put right.</summary>
internal sealed class ConnectionsSubject(IRegistryEdits edits, IStringLocalizer<Texts> texts) : FactSubject(texts)
{
    private const string Begin = "begin";
    private const string End = "end";
    private FactChain<Service> _chain = new([]);

    public override string Name => "connections";

    public override string Version => _chain.Version;

    public override IReadOnlyList<string> Acts => _chain.Known.Any(l => l.To is null) ? [Begin, End] : [Begin];

    public override async Task Load(FactHome home, CancellationToken stop) => _chain = await edits.ReadConnections(home.Card.Id, stop);

    public override IReadOnlyList<HistoryLine> Lines(FactHome home) => LinesOf(home, _chain, Say);

    public override IReadOnlyList<FormField>? Fields(FactHome home, string act, long record)
    {
        var line = _chain.Known.FirstOrDefault(l => l.Id == record);
        if (act == Correct && line is null)
            return null;
        var now = line ?? _chain.Known.MaxBy(l => l.Id);
        var services = act == End
            ? _chain.Known.Where(l => l.To is null).Select(l => l.Value).Distinct()
            : Enum.GetValues<Service>();
        return
        [
            new(FieldKind.Choice, "service", T["charges.service"])
            {
                Options = [.. services.OrderBy(AccountView.OrderOf).Select(s => (s.ToString(), Say(s)))],
                Value = line is null ? "" : line.Value.ToString(),
                Now = now?.Value.ToString(),
                Codes = ["registry.connection-there", "registry.connection-none", "registry.nothing-changed"],
            },
            Day(
                T["connections.field.from." + act], line?.From ?? home.Today, act == End ? now?.To : now?.From,
                "registry.connection-later"),
            .. act == End ? Array.Empty<FormField>() : [LastDay(line?.To, now?.To)],
            Evidence(now?.Origin.Evidence),
            .. act == Correct ? [Mistake()] : Array.Empty<FormField>(),
        ];
    }

    public override Func<Task<IReadOnlyList<Refusal>>> Read(FactHome home, string act, long record, FactTyped typed)
    {
        var service = typed.Reader.Term<Service>("service");
        var step = Step(typed);
        var (territory, account) = (home.Territory, home.Card.Id);
        return act switch
        {
            Begin => () => edits.Connect(territory, new(account, service, step), typed.By, typed.Stop),
            End => () => edits.Disconnect(territory, new(account, service, step with { To = null }), typed.By, typed.Stop),
            _ => () => edits.Correct(
                territory,
                new Correction<ConnectService>(
                    account, record, typed.Reader.Ticked("mistake") ? null : new(account, service, step), step),
                typed.By, typed.Stop),
        };
    }

    private string Say(Service service) => T["service." + Parts.Service.Of(service).Key];
}
