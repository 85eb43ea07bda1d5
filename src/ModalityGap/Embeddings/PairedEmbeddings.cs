namespace ModalityGap.Embeddings;

/// <summary>
/// Rows X (n x d) of a first and Y (m x d) of a second modality, each belonging to an item; rows of the same item match. In the plain
/// case n = m and row i matches row i.
/// </summary>
public sealed class PairedEmbeddings
{
    /// <summary>Pairs rows by their items.</summary>
    /// <param name="first">X.</param>
    /// <param name="second">Y.</param>
    /// <param name="firstItems">The item of each row of X, in 0 ... items - 1.</param>
    /// <param name="secondItems">The item of each row of Y.</param>
    /// <param name="items">Number of items; each has a row in both.</param>
    /// <exception cref="ArgumentException">Lengths or dimensions differ, or an item lacks a row.</exception>
    public PairedEmbeddings(
        UnitEmbeddings first, UnitEmbeddings second, IReadOnlyList<int> firstItems, IReadOnlyList<int> secondItems, int items)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(firstItems);
        ArgumentNullException.ThrowIfNull(secondItems);
        if (first.Dimensions != second.Dimensions)
            throw new ArgumentException($"{first.Dimensions} and {second.Dimensions} dimensions do not pair.", nameof(second));
        First = first;
        Second = second;
        Items = items;
        RowsOfFirst = RowsByItem(firstItems, first.Rows, items, nameof(firstItems));
        RowsOfSecond = RowsByItem(secondItems, second.Rows, items, nameof(secondItems));
        FirstItems = firstItems;
        SecondItems = secondItems;
    }

    /// <summary>Row i of one with row i of the other.</summary>
    public static PairedEmbeddings ByRow(UnitEmbeddings first, UnitEmbeddings second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        int[] items = [.. Enumerable.Range(0, first.Rows)];
        return second.Rows == first.Rows
            ? new PairedEmbeddings(first, second, items, items, first.Rows)
            : throw new ArgumentException($"{first.Rows} and {second.Rows} rows do not pair by row.", nameof(second));
    }

    /// <summary>X.</summary>
    public UnitEmbeddings First { get; }

    /// <summary>Y.</summary>
    public UnitEmbeddings Second { get; }

    /// <summary>Number of items.</summary>
    public int Items { get; }

    /// <summary>d.</summary>
    public int Dimensions => First.Dimensions;

    /// <summary>The item of each row of X.</summary>
    public IReadOnlyList<int> FirstItems { get; }

    /// <summary>The item of each row of Y.</summary>
    public IReadOnlyList<int> SecondItems { get; }

    /// <summary>The rows of X that belong to each item, ascending.</summary>
    public IReadOnlyList<IReadOnlyList<int>> RowsOfFirst { get; }

    /// <summary>The rows of Y that belong to each item, ascending.</summary>
    public IReadOnlyList<IReadOnlyList<int>> RowsOfSecond { get; }

    /// <summary>Whether every item has one row in each modality, item i row i.</summary>
    public bool IsOneToOne =>
        First.Rows == Items && Second.Rows == Items && InOrder(FirstItems) && InOrder(SecondItems);

    /// <summary>
    /// One pair per item, in the order of the items: the first row that each modality has of it. What the literature calls N pairs
    /// ("first caption").
    /// </summary>
    public PairedEmbeddings OneToOne() =>
        IsOneToOne
            ? this
            : ByRow(
                First.Select([.. RowsOfFirst.Select(rows => rows[0])]),
                Second.Select([.. RowsOfSecond.Select(rows => rows[0])]));

    /// <summary>The items with these indices, with all their rows; item k of the result is <paramref name="items"/>[k].</summary>
    public PairedEmbeddings Select(IReadOnlyList<int> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        (int[] firstRows, int[] firstItems) = RowsOf(RowsOfFirst, items);
        (int[] secondRows, int[] secondItems) = RowsOf(RowsOfSecond, items);
        return new PairedEmbeddings(First.Select(firstRows), Second.Select(secondRows), firstItems, secondItems, items.Count);
    }

    private static (int[] Rows, int[] Items) RowsOf(IReadOnlyList<IReadOnlyList<int>> rowsByItem, IReadOnlyList<int> items) => (
        [.. items.SelectMany(item => rowsByItem[item])],
        [.. items.SelectMany((item, k) => Enumerable.Repeat(k, rowsByItem[item].Count))]);

    private static bool InOrder(IReadOnlyList<int> items)
    {
        for (int i = 0; i < items.Count; i++)
            if (items[i] != i)
                return false;
        return true;
    }

    private static List<int>[] RowsByItem(IReadOnlyList<int> itemOfRow, int rows, int items, string name)
    {
        if (itemOfRow.Count != rows)
            throw new ArgumentException($"{itemOfRow.Count} items for {rows} rows.", name);
        var rowsOf = new List<int>[items];
        for (int item = 0; item < items; item++)
            rowsOf[item] = new List<int>(1);
        for (int row = 0; row < rows; row++)
            rowsOf[itemOfRow[row]].Add(row);
        int empty = Array.FindIndex(rowsOf, list => list.Count == 0);
        return empty < 0 ? rowsOf : throw new ArgumentException($"Item {empty} has no row.", name);
    }
}
