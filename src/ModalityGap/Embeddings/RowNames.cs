using System.Globalization;

namespace ModalityGap.Embeddings;

/// <summary>What rows are called beside their vectors: each list holds one text per row, or is <c>null</c>.</summary>
public sealed record RowNames
{
    /// <summary>Rows that are known by their position alone.</summary>
    public static RowNames None { get; } = new();

    /// <summary>One id per row, by which rows are paired.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>One label per row: a class, a group.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>One sentence per row that tells a person what it is; empty where a row has none.</summary>
    public IReadOnlyList<string>? Captions { get; init; }

    /// <summary>The position that each row had where it was read, from 0; <c>null</c> where it still has it.</summary>
    public IReadOnlyList<int>? Positions { get; init; }

    /// <summary>The position that a row had where it was read, from 0: what a message or a report calls it when it has no other name.</summary>
    public int PositionOf(int row) => Positions?[row] ?? row;

    /// <summary>Whether a row has a name that tells more than its position.</summary>
    public bool AreTelling => (Captions ?? Ids) is not null;

    /// <summary>What to call a row: its caption, else its id, else "row 17".</summary>
    public string NameOf(int row) =>
        Captions?[row] is { Length: > 0 } caption ? caption
        : Ids?[row] is { Length: > 0 } id ? id
        : string.Create(CultureInfo.InvariantCulture, $"row {PositionOf(row)}");

    /// <summary>The names of the rows with these indices, in their order.</summary>
    public RowNames Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new RowNames
        {
            Ids = Pick(Ids, rows),
            Labels = Pick(Labels, rows),
            Captions = Pick(Captions, rows),
            Positions = [.. rows.Select(PositionOf)],
        };
    }

    /// <summary>Refuses lists that do not hold one entry per row.</summary>
    internal RowNames For(int rows, string parameter)
    {
        foreach (int? count in (ReadOnlySpan<int?>)[Ids?.Count, Labels?.Count, Captions?.Count, Positions?.Count])
            if (count is not null && count != rows)
                throw new ArgumentException($"{count} entries for {rows} rows.", parameter);
        return this;
    }

    private static string[]? Pick(IReadOnlyList<string>? list, IReadOnlyList<int> rows) =>
        list is null ? null : [.. rows.Select(row => list[row])];
}
