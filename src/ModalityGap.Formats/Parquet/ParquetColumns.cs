using ModalityGap.Formats.Tables;
using ModalityGap.Sources;
using ParquetSharp;
using ParquetSharp.Schema;

namespace ModalityGap.Formats.Parquet;

/// <summary>What the schema of a Parquet file says of its columns.</summary>
internal static class ParquetColumns
{
    /// <summary>More columns than any table of embeddings has; each costs memory in every group of rows.</summary>
    private const int MostColumns = 100_000;

    /// <summary>The leaves of the schema, each with the name of the column that it belongs to.</summary>
    public static IReadOnlyList<TableColumn> Of(SourceFile file, ParquetFileReader reader)
    {
        using FileMetaData meta = reader.FileMetaData;
        SchemaDescriptor schema = meta.Schema;
        if (schema.NumColumns > MostColumns)
            throw file.Fault($"it has {Shown.Count(schema.NumColumns)} columns.", "Keep the embeddings, an id and a label.");
        List<TableColumn> columns = [];
        HashSet<string> roots = [];
        for (int i = 0; i < schema.NumColumns; i++)
        {
            ColumnDescriptor leaf = schema.Column(i);
            string name = schema.ColumnRoot(i).Name;
            (ColumnKind kind, string type) = KindOf(leaf, schema.ColumnRoot(i));
            // A second leaf under one name makes that column a structure.
            if (!roots.Add(name))
            {
                columns.RemoveAll(column => column.Name == name);
                (kind, type) = (ColumnKind.Other, "structure");
            }
            columns.Add(new TableColumn(i, name, kind, type));
        }
        return columns;
    }

    public static bool IsHalf(ColumnDescriptor leaf) =>
        leaf.PhysicalType == PhysicalType.FixedLenByteArray && leaf.TypeLength == 2 && Logical(leaf) == LogicalTypeEnum.Float16;

    private static (ColumnKind Kind, string Type) KindOf(ColumnDescriptor leaf, Node root)
    {
        string? number = leaf.PhysicalType switch
        {
            PhysicalType.Float => "float32",
            PhysicalType.Double => "float64",
            _ => IsHalf(leaf) ? "float16" : null,
        };
        if (leaf.MaxRepetitionLevel > 0 || root is GroupNode)
            return number is not null && leaf.MaxRepetitionLevel == 1
                ? (ColumnKind.Vector, $"list of {number}")
                : (ColumnKind.Other, leaf.MaxRepetitionLevel == 0 ? "structure" : $"list of {Words(leaf.PhysicalType)}");
        if (number is not null)
            return (ColumnKind.Number, number);
        LogicalTypeEnum logical = Logical(leaf);
        return leaf.PhysicalType switch
        {
            PhysicalType.ByteArray when logical is LogicalTypeEnum.String or LogicalTypeEnum.Enum or LogicalTypeEnum.Json => (ColumnKind.Text, "text"),
            PhysicalType.ByteArray when logical is LogicalTypeEnum.None or LogicalTypeEnum.Undefined => (ColumnKind.Bytes, "bytes"),
            PhysicalType.Int32 or PhysicalType.Int64 when logical is LogicalTypeEnum.None or LogicalTypeEnum.Undefined or LogicalTypeEnum.Int =>
                (ColumnKind.Text, "integer"),
            _ => (ColumnKind.Other, Words(leaf.PhysicalType)),
        };
    }

    private static LogicalTypeEnum Logical(ColumnDescriptor leaf)
    {
        using LogicalType type = leaf.LogicalType;
        return type.Type;
    }

    private static string Words(PhysicalType type) => type switch
    {
        PhysicalType.Boolean => "truth values",
        PhysicalType.Int32 or PhysicalType.Int64 => "integers",
        PhysicalType.ByteArray or PhysicalType.FixedLenByteArray => "bytes",
        _ => type.ToString(),
    };
}
