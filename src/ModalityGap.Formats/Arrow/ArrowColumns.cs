using Apache.Arrow;
using Apache.Arrow.Types;
using ModalityGap.Formats.Tables;
using ModalityGap.Sources;

namespace ModalityGap.Formats.Arrow;

/// <summary>What the schema of an Arrow file says of its columns.</summary>
internal static class ArrowColumns
{
    public static IReadOnlyList<TableColumn> Of(Schema schema) => [.. schema.FieldsList.Select(Of)];

    /// <summary>The name of a float type; <c>null</c> for another.</summary>
    public static string? FloatName(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.HalfFloat => "float16",
        ArrowTypeId.Float => "float32",
        ArrowTypeId.Double => "float64",
        _ => null,
    };

    private static TableColumn Of(Field field, int index)
    {
        (ColumnKind kind, string type, int? width) = field.DataType switch
        {
            FixedSizeListType list => OfList(list.ValueDataType, list.ListSize),
            ListType list => OfList(list.ValueDataType, null),
            LargeListType list => OfList(list.ValueDataType, null),
            DictionaryType { ValueType: StringType or LargeStringType } => (ColumnKind.Text, "text", null),
            StringType or LargeStringType or StringViewType => (ColumnKind.Text, "text", null),
            BinaryType or LargeBinaryType or BinaryViewType or FixedSizeBinaryType => (ColumnKind.Bytes, "bytes", null),
            IntegerType integer => (ColumnKind.Text, integer.Name, null),
            _ => FloatName(field.DataType) is { } number ? (ColumnKind.Number, number, (int?)null) : (ColumnKind.Other, field.DataType.Name, null),
        };
        return new TableColumn(index, field.Name ?? "", kind, type, width is > 0 and <= ArrayForm.MostDimensions ? width : null);
    }

    private static (ColumnKind Kind, string Type, int? Width) OfList(IArrowType item, int? width) =>
        FloatName(item) is { } number ? (ColumnKind.Vector, $"list of {number}", width) : (ColumnKind.Other, $"list of {item.Name}", width);
}
