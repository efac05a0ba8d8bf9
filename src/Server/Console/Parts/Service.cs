namespace Ochag.Server.Console.Parts;

/// <summary>A service as screens show it: class of the colour, icon, pattern of its columns, key of its name.</summary>
public sealed record Service(string Key, string Icon, string Mesh)
{
    public static readonly Service Heating = new("heating", "radiator", "M0 0V8M4 0V8");
    public static readonly Service HotWater = new("hot-water", "hot-water", "M0 8L8 0M-2 2L2 -2M6 10L10 6");
    public static readonly Service ColdWater = new("cold-water", "droplet", "M0 2Q2 0 4 2T8 2M0 6Q2 4 4 6T8 6");
    public static readonly Service Drainage = new("drainage", "ripple", "M0 4H8");
    public static readonly Service Electricity = new("electricity", "bolt", "M0 0L4 4L0 8M4 0L8 4L4 8");
    public static readonly Service Gas = new("gas", "flame", "M2 2h1v1h-1zM6 6h1v1h-1z");

    public static Service Of(Registry.Contracts.Service service) => service switch
    {
        Registry.Contracts.Service.ColdWater => ColdWater,
        Registry.Contracts.Service.HotWater => HotWater,
        Registry.Contracts.Service.Drainage => Drainage,
        Registry.Contracts.Service.Heating => Heating,
        Registry.Contracts.Service.Electricity => Electricity,
        Registry.Contracts.Service.Gas => Gas,
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "A service without a look."),
    };

    public static readonly IReadOnlyList<Service> All = [Heating, HotWater, ColdWater, Drainage, Electricity, Gas];
}
