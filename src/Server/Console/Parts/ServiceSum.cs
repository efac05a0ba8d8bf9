using Ochag.Foundation;

namespace Ochag.Server.Console.Parts;

/// <summary>What a service was charged, and how much of it is common-house needs.</summary>
public sealed record ServiceSum(Service Service, Money Sum, Money Common);
