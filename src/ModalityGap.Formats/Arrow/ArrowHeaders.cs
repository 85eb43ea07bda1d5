namespace ModalityGap.Formats.Arrow;

/// <summary>
/// Checks the lists in the headers of messages against the headers' own length: the library takes memory for as many columns, nodes and
/// buffers as they announce.
/// </summary>
internal static class ArrowHeaders
{
    private const byte SchemaHeader = 1;
    private const byte DictionaryHeader = 2;
    private const byte BatchHeader = 3;

    /// <summary>Lists of lists of structures deeper than this are no table of embeddings.</summary>
    private const int MostDepth = 32;
    private const int MostFields = 100_000;

    /// <summary>Checks one header; returns the rows that it announces.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A list is longer than its header.</exception>
    public static long Check(byte type, FlatTable header)
    {
        switch (type)
        {
            case SchemaHeader:
                int fields = 0;
                CheckFields(header, 1, 0, ref fields);
                CheckPairs(header, 2);
                return 0;
            case DictionaryHeader when header.TryTable(1, out FlatTable data):
                CheckBatch(data);
                return 0;
            case BatchHeader:
                return CheckBatch(header);
            default:
                return 0;
        }
    }

    private static long CheckBatch(FlatTable batch)
    {
        const int NodeBytes = 16, BufferBytes = 16, CountBytes = 8;
        batch.Count(1, NodeBytes);
        batch.Count(2, BufferBytes);
        batch.Count(4, CountBytes);
        return batch.Long(0);
    }

    private static void CheckFields(FlatTable table, int list, int depth, ref int seen)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, MostDepth);
        int count = table.Count(list, 4);
        seen += count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seen, MostFields);
        for (int i = 0; i < count; i++)
        {
            FlatTable field = table.Element(list, i);
            CheckFields(field, 5, depth + 1, ref seen);
            CheckPairs(field, 6);
        }
    }

    private static void CheckPairs(FlatTable table, int list) => table.Count(list, 4);
}
