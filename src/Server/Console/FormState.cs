namespace Ochag.Server.Console;

/// <summary>What a person typed and what is wrong with it: a refused form comes back whole.</summary>
public sealed class FormState(IFormCollection? form = null)
{
    private readonly List<(string Field, string Message)> _errors = [];

    /// <summary>A form that nobody has typed in yet, with what is offered.</summary>
    public static FormState Of(params (string Field, string? Value)[] fields) => new(new FormCollection(
        fields.ToDictionary(f => f.Field, f => new Microsoft.Extensions.Primitives.StringValues(f.Value), StringComparer.Ordinal)));

    /// <summary>In the order of the form's fields, whoever found them; an empty field name is the form as a whole.</summary>
    public IReadOnlyList<(string Field, string Message)> Errors => form is null ? _errors : [.. _errors.OrderBy(e => PlaceOf(e.Field))];

    public bool IsRefused => _errors.Count > 0;

    public string this[string field] => form?[field].ToString() ?? "";

    public void Refuse(string field, string message) => _errors.Add((field, message));

    public string? ErrorOf(string field) => _errors.Find(e => e.Field == field).Message;

    /// <summary>A browser sends the fields as they stand; what was not sent comes last.</summary>
    private int PlaceOf(string field) => form!.Keys.TakeWhile(k => k != field).Count();
}
