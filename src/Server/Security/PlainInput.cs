using Microsoft.Extensions.Primitives;

namespace Ochag.Server.Security;

/// <summary>
/// What people send as text is text: control characters are taken out of every form and query in this one place (a NUL
/// is no text for PostgreSQL, a cell of a spreadsheet brings a vertical tab). Tabs and line ends stay. What cannot be
/// read as a form at all (the framework counts a NUL in a plain form as that) is refused with 400; a body of another kind
/// counts as an empty form.
/// </summary>
internal sealed class PlainInput(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (Plain(request.Query) is { } query)
            request.Query = new QueryCollection(query);
        if (HttpMethods.IsPost(request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<NoForgeryCheck>() is null
            && await ReadForm(request, context.RequestAborted) is { } wrong)
        {
            context.Response.StatusCode = wrong;
            return;
        }

        await next(context);
    }

    /// <summary>The status that says what is wrong with it; null: nothing.</summary>
    private static async Task<int?> ReadForm(HttpRequest request, CancellationToken stop)
    {
        if (!request.HasFormContentType)
        {
            request.Form = FormCollection.Empty;
            return null;
        }

        try
        {
            var form = await request.ReadFormAsync(stop);
            if (Plain(form) is { } plain)
                request.Form = new FormCollection(plain, form.Files);
            return null;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return e.StatusCode;
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>The fields without control characters; null: there were none.</summary>
    private static Dictionary<string, StringValues>? Plain(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        var all = fields.ToList();
        if (!all.Exists(f => f.Key.Any(IsForeign) || f.Value.Any(v => v is not null && v.Any(IsForeign))))
            return null;
        var plain = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in all)
            plain[Plain(name)] = new StringValues([.. values.Select(v => v is null ? null : Plain(v))]);
        return plain;
    }

    private static string Plain(string text) => text.Any(IsForeign) ? string.Concat(text.Where(c => !IsForeign(c))) : text;

    private static bool IsForeign(char c) => char.IsControl(c) && c is not ('\t' or '\n' or '\r');
}
