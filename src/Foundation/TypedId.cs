namespace Ochag.Foundation;

/// <summary>
/// An id with a type of its own: an account is never passed where a meter is meant. Storage converts it to its value
/// and makes a foreign key of every property of this type to the one entity whose key it is.
/// </summary>
public interface ITypedId<TSelf, TValue>
    where TSelf : struct, ITypedId<TSelf, TValue>
    where TValue : struct
{
    TValue Value { get; }

    static abstract TSelf From(TValue value);
}
