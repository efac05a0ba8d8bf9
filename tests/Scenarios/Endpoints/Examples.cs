namespace Ochag.Scenarios.Endpoints;

/// <summary>
/// How an endpoint is called in the matrix. Every endpoint whose address names an object needs one: the address for an
/// object of the person's own territory and of another; the number that is nobody's follows from them.
/// </summary>
/// <param name="Path">The address of the object in a place; for one that names nothing, the address itself.</param>
/// <param name="Absent">The address of an object that is nowhere; null: the address names no object.</param>
/// <param name="Form">What is posted, without the token.</param>
internal sealed record Example(Func<Place, string> Path, string? Absent = null, params (string Name, string Value)[] Form)
{
    public bool NamesObject => Absent is not null;
}

/// <summary>The examples, by method and route pattern. A new endpoint with a name in its address gets a line here.</summary>
internal static class Examples
{
    public static readonly IReadOnlyDictionary<string, Example> All = new Dictionary<string, Example>
    {
        ["POST /console/language"] = new(_ => "/console/language", null, ("language", "en"), ("to", "/console/own")),
        ["POST /console/theme"] = new(_ => "/console/theme", null, ("theme", "dark"), ("to", "https://elsewhere.example/")),
        ["ANY {*path:nonfile}"] = new(_ => "/no-such-page"),

        // An object in the address: ["GET /console/x/{id:long}"] = new(p => $"/console/x/{p.Account.Value}", "/console/x/999999999")
    };
}
