namespace Ochag.Server;

/// <summary>
/// Marks the texts of pages: Texts.resx (Russian, the neutral one), Texts.uk.resx, Texts.en.resx. A key is
/// "place.what" (signIn.title); the three files hold the same keys.
/// </summary>
public sealed class Texts;
