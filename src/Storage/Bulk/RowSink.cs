namespace Ochag.Storage.Bulk;

/// <summary>
/// Takes the values of a row, column by column. One overload for each type that a column may hold in both databases:
/// a type that is not here fails when the plan is made, not in the middle of a load.
/// </summary>
internal abstract class RowSink
{
    public abstract void Null();
    public abstract void Put(bool value);
    public abstract void Put(short value);
    public abstract void Put(int value);
    public abstract void Put(long value);
    public abstract void Put(double value);
    public abstract void Put(string? value);
    public abstract void Put(byte[]? value);
    public abstract void Put(Guid value);
    public abstract void Put(DateOnly value);
    public abstract void Put(DateTime value);
}
