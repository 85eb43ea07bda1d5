using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>Rows of several modalities one above the other.</summary>
internal static class RowStack
{
    /// <summary>All rows of all modalities; one modality is not copied.</summary>
    public static RowMatrix Of(IReadOnlyList<UnitEmbeddings> modalities)
    {
        int d = modalities[0].Dimensions;
        UnitEmbeddings? other = modalities.FirstOrDefault(rows => rows.Dimensions != d);
        if (other is not null)
            throw new ArgumentException($"{d} and {other.Dimensions} dimensions have no plane in common.", nameof(modalities));
        if (modalities.Count == 1)
            return new RowMatrix(modalities[0].Values, modalities[0].Rows, d);
        return Of(modalities, [.. modalities.Select(rows => Enumerable.Range(0, rows.Rows).ToArray())]);
    }

    /// <summary>Chosen rows of each modality.</summary>
    /// <param name="modalities">n_m x d each.</param>
    /// <param name="chosen">For each modality the rows to take.</param>
    public static RowMatrix Of(IReadOnlyList<UnitEmbeddings> modalities, int[][] chosen)
    {
        int d = modalities[0].Dimensions, count = chosen.Sum(rows => rows.Length), at = 0;
        var values = new float[checked(count * d)];
        for (int m = 0; m < chosen.Length; m++)
            foreach (int i in chosen[m])
                modalities[m].Row(i).CopyTo(values.AsSpan(d * at++, d));
        return new RowMatrix(values, count, d);
    }

    /// <summary>What belongs to the rows of a stack, modality by modality.</summary>
    public static MapPoint[][] Apart(MapPoint[] points, IReadOnlyList<UnitEmbeddings> modalities)
    {
        var parts = new MapPoint[modalities.Count][];
        int first = 0;
        for (int m = 0; m < parts.Length; m++)
        {
            parts[m] = points[first..(first + modalities[m].Rows)];
            first += modalities[m].Rows;
        }
        return parts;
    }
}
