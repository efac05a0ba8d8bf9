using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ochag.Storage.Bulk;

/// <summary>A column of the plan: its name and its store type, both from the EF model.</summary>
internal sealed record BulkColumn(string Name, string StoreType);

/// <summary>What is written of an entity: its table, its columns, and one compiled delegate that writes a row.</summary>
internal sealed class BulkPlan<TRow>
    where TRow : class
{
    private BulkPlan(string table, IReadOnlyList<BulkColumn> columns, Action<TRow, RowSink> put)
    {
        Table = table;
        Columns = columns;
        Put = put;
    }

    public string Table { get; }
    public IReadOnlyList<BulkColumn> Columns { get; }
    public Action<TRow, RowSink> Put { get; }

    /// <summary>The column that the database numbers, when the rows bring their own numbers; else null.</summary>
    public string? KeptKey { get; private init; }

    public static BulkPlan<TRow> Of(IEntityType entity, bool keepKeys)
    {
        var table = entity.GetTableName()
            ?? throw new InvalidOperationException($"{entity.DisplayName()} has no table to write to.");
        var row = Expression.Parameter(typeof(TRow), "row");
        var sink = Expression.Parameter(typeof(RowSink), "sink");
        var compiler = new PlanCompiler(sink, StoreObjectIdentifier.Table(table, entity.GetSchema()), keepKeys);
        var body = Expression.Block(compiler.Type(row, entity));
        return new(table, compiler.Columns, Expression.Lambda<Action<TRow, RowSink>>(body, row, sink).Compile())
        {
            KeptKey = compiler.KeptKey,
        };
    }
}

/// <summary>Walks an entity's properties and complex properties and writes the calls that put them into a sink.</summary>
internal sealed class PlanCompiler(ParameterExpression sink, StoreObjectIdentifier store, bool keepKeys)
{
    public List<BulkColumn> Columns { get; } = [];
    public string? KeptKey { get; private set; }

    public IEnumerable<Expression> Type(Expression owner, ITypeBase type)
    {
        var calls = new List<Expression>();
        foreach (var property in type.GetProperties())
        {
            if (IsNumberedByStore(property))
            {
                if (!keepKeys)
                    continue;
                KeptKey = property.GetColumnName(store);
            }

            calls.Add(Column(owner, property));
        }

        foreach (var complex in type.GetComplexProperties())
        {
            if (complex.IsNullable || complex.IsCollection)
                throw new NotSupportedException($"{type.DisplayName()}.{complex.Name}: bulk writes know only required complex values.");
            calls.AddRange(Type(Member(owner, complex), complex.ComplexType));
        }

        return calls;
    }

    private MethodCallExpression Put(Expression value, IProperty property) =>
        Expression.Call(sink, PutOf(value.Type, property), value);

    private Expression Column(Expression owner, IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        Columns.Add(new(
            property.GetColumnName(store) ?? throw new InvalidOperationException($"{property.Name} has no column."),
            mapping.StoreTypeNameBase));

        var value = Member(owner, property);
        var convert = mapping.Converter?.ConvertToProviderExpression;
        var plain = Nullable.GetUnderlyingType(value.Type);
        if (plain is null && value.Type.IsValueType)
            return Put(Converted(value, convert), property);

        // The value is read once: a getter may compute.
        var local = Expression.Variable(value.Type, property.Name);
        var present = plain is null ? (Expression)local : Expression.Property(local, "Value");
        return Expression.Block(
            [local],
            Expression.Assign(local, value),
            Expression.IfThenElse(
                plain is null
                    ? Expression.ReferenceNotEqual(local, Expression.Constant(null, local.Type))
                    : Expression.Property(local, "HasValue"),
                Put(Converted(present, convert), property),
                Expression.Call(sink, nameof(RowSink.Null), null)));
    }

    private static Expression Converted(Expression value, LambdaExpression? convert)
    {
        if (convert is null)
            return value;
        var parameter = convert.Parameters[0];
        var argument = parameter.Type == value.Type ? value : Expression.Convert(value, parameter.Type);
        var body = new Inline(parameter, argument).Visit(convert.Body);

        // A converter of a nullable type to a nullable type: its null cannot come from a value that is there.
        return Nullable.GetUnderlyingType(body.Type) is null ? body : Expression.Property(body, "Value");
    }

    private static MethodInfo PutOf(Type type, IProperty property) =>
        typeof(RowSink).GetMethod(nameof(RowSink.Put), [type]) is { } put && put.GetParameters()[0].ParameterType == type
            ? put
            : throw new NotSupportedException(
                $"{property.DeclaringType.DisplayName()}.{property.Name}: bulk writes do not know the column type {type}.");

    private static MemberExpression Member(Expression owner, IPropertyBase property) =>
        property.PropertyInfo is { } info ? Expression.Property(owner, info)
        : property.FieldInfo is { } field ? Expression.Field(owner, field)
        : throw new NotSupportedException(
            $"{property.DeclaringType.DisplayName()}.{property.Name} is a shadow property: a row does not carry it.");

    /// <summary>Only whole numbers are made by the database; version 7 UUIDs are made by us and always written.</summary>
    private static bool IsNumberedByStore(IProperty property)
    {
        if (!property.IsPrimaryKey() || property.ValueGenerated != ValueGenerated.OnAdd)
            return false;
        var mapping = property.GetRelationalTypeMapping();
        var stored = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        return stored == typeof(long) || stored == typeof(int) || stored == typeof(short);
    }

    private sealed class Inline(ParameterExpression parameter, Expression argument) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? argument : node;
    }
}
