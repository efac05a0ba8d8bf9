namespace Ochag.Server.Cli;

/// <summary>What the program says to people: results to the output, faults to the error stream.</summary>
internal static class Say
{
    /// <summary>Colours only at a terminal and where NO_COLOR does not forbid them.</summary>
    private static bool Colours(bool redirected) =>
        !redirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static void Line(string text = "") => System.Console.Out.WriteLine(text);

    public static void Fault(string text) =>
        System.Console.Error.WriteLine(Colours(System.Console.IsErrorRedirected) ? $"\u001b[31m{text}\u001b[0m" : text);

    public static string Strong(string text) =>
        Colours(System.Console.IsOutputRedirected) ? $"\u001b[1m{text}\u001b[0m" : text;

    public static string Quiet(string text) =>
        Colours(System.Console.IsOutputRedirected) ? $"\u001b[2m{text}\u001b[0m" : text;
}
