using System.Reflection;
using Microsoft.AspNetCore.Identity;

namespace Ochag.Server.Staff;

/// <summary>
/// Long instead of odd: at least 15 characters, no demands on their kinds, but not made of common words, of the
/// person's own name or of one repeated piece.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<StaffUser>
{
    public const int Least = 15;
    public const int Most = 128;

    /// <summary>What must be left of a password when everything that anybody would guess is taken out.</summary>
    private const int LeftOver = 7;

    private static readonly string[] Common = ReadCommon();

    public Task<IdentityResult> ValidateAsync(UserManager<StaffUser> manager, StaffUser user, string? password) =>
        Task.FromResult(Refuse(password ?? "", user.UserName, user.DisplayName) is { } code
            ? IdentityResult.Failed(new IdentityError { Code = code, Description = code })
            : IdentityResult.Success);

    /// <summary>The code of the refusal (the key of its text), or null.</summary>
    public static string? Refuse(string password, params string?[] own)
    {
        if (password.Length < Least)
            return "password.short";
        if (password.Length > Most)
            return "password.long";
        if (password.Distinct().Count() < 6 || IsRepeated(password))
            return "password.repeated";

        var left = password.ToLowerInvariant();
        foreach (var name in own.SelectMany(Words))
            left = left.Replace(name, "", StringComparison.Ordinal);
        foreach (var word in Common)
            left = left.Replace(word, "", StringComparison.Ordinal);
        return left.Count(char.IsLetterOrDigit) < LeftOver ? "password.common" : null;
    }

    private static IEnumerable<string> Words(string? text) =>
        (text ?? "").ToLowerInvariant().Split([' ', '.', '@', '-', '_'], StringSplitOptions.RemoveEmptyEntries)
            .Where(w => w.Length >= 4);

    private static bool IsRepeated(string password)
    {
        for (var size = 1; size <= password.Length / 2; size++)
        {
            if (password.Where((c, i) => c != password[i % size]).Any())
                continue;
            return true;
        }

        return false;
    }

    private static string[] ReadCommon()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("common-words.txt")!;
        using var reader = new StreamReader(stream);
        // Longer words first: "qwertyuiop" goes as a whole, not as "qwerty" with a rest that counts.
        return [.. reader.ReadToEnd().Split((char[])['\n', ' ', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .OrderByDescending(w => w.Length)];
    }
}
