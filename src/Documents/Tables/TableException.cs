using Ochag.Foundation;

namespace Ochag.Documents.Tables;

/// <summary>
/// A file that cannot be read as a table, told as a refusal: a stable code ("tables.row-wide") and its facts, so that each
/// reader is told in his own language.
/// </summary>
public sealed class TableException(Refusal why, Exception? cause = null) : Exception(why.ToString(), cause)
{
    public Refusal Why => why;
}
