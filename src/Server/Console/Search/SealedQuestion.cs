using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Search;

/// <summary>A question as a sealed part of an address: only the one who asked opens it, and only for a working day.</summary>
internal sealed class SealedQuestion(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    public string Seal(string text, ClaimsPrincipal who) => For(who).Protect(text, Life);

    /// <summary>Null: nothing was asked, by somebody else, or too long ago.</summary>
    public string? Open(string? sealedText, ClaimsPrincipal who)
    {
        try
        {
            return string.IsNullOrEmpty(sealedText) ? null : For(who).Unprotect(sealedText);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector For(ClaimsPrincipal who) =>
        protection.CreateProtector("ochag.search", who.Login()).ToTimeLimitedDataProtector();
}
