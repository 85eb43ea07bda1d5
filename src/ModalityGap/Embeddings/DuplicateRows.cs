using System.Runtime.InteropServices;

namespace ModalityGap.Embeddings;

/// <summary>Rows that repeat an earlier row bit by bit: duplicate captions, mostly, whose queries have more than one right answer.</summary>
internal static class DuplicateRows
{
    /// <summary>How many rows repeat an earlier one.</summary>
    public static int Count(UnitEmbeddings rows) => Count(rows.Values, rows.Dimensions);

    /// <summary>How many rows repeat an earlier one, as they were read.</summary>
    public static int Count(EmbeddingSet set) => Count(set.Values, set.Dimensions);

    private static int Count(float[] values, int dimensions)
    {
        int rows = values.Length / dimensions;
        var seen = new Dictionary<ulong, List<int>>(rows);
        int duplicates = 0;
        for (int i = 0; i < rows; i++)
        {
            ulong hash = Hash(Row(i));
            if (!seen.TryGetValue(hash, out List<int>? earlier))
                seen.Add(hash, [i]);
            else if (earlier.Exists(j => Bits(Row(j)).SequenceEqual(Bits(Row(i)))))
                duplicates++;
            else
                earlier.Add(i);
        }
        return duplicates;

        ReadOnlySpan<float> Row(int index) => values.AsSpan(index * dimensions, dimensions);
    }

    /// <summary>Whether both hold the same rows in the same order.</summary>
    public static bool AreSame(UnitEmbeddings first, UnitEmbeddings second) =>
        first.Rows == second.Rows && Bits(first.Values).SequenceEqual(Bits(second.Values));

    private static ulong Hash(ReadOnlySpan<float> row)
    {
        ulong hash = 14695981039346656037;
        foreach (int bits in Bits(row))
        {
            hash = (hash ^ (uint)bits) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
        }
        return hash;
    }

    private static ReadOnlySpan<int> Bits(ReadOnlySpan<float> row) => MemoryMarshal.Cast<float, int>(row);
}
