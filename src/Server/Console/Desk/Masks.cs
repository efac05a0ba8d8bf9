namespace Ochag.Server.Console.Desk;

/// <summary>Personal data for roles that check the work and do not need to know whose it is.</summary>
internal static class Masks
{
    /// <summary>"Абрамова Анна Викторовна" is "А… А. В.".</summary>
    public static string Name(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "" : string.Join(' ', words.Select((w, i) => i == 0 ? $"{w[0]}…" : $"{w[0]}."));
    }

    /// <summary>The last two digits stay: enough to compare with a paper.</summary>
    public static string Phone(string phone) => phone.Length > 2 ? $"… {phone[^2..]}" : "…";
}
