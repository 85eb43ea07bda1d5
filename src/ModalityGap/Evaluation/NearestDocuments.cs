using ModalityGap.Numerics;

namespace ModalityGap.Evaluation;

/// <summary>For every query all documents that share its largest product, mostly one; what float32 cannot decide is decided in float64.</summary>
internal static class NearestDocuments
{
    /// <summary>Ascending indices of documents for each query.</summary>
    public static int[][] Of(RowMatrix queries, RowMatrix documents, WorkContext work)
    {
        var nearest = new int[queries.Rows][];
        float doubt = 2 * Dot.Uncertainty(queries.Dimensions);
        RowScores.ForEachRow(queries, [documents], work, (i, scores) => nearest[i] = Best(queries.Row(i), documents, scores[0], doubt));
        return nearest;
    }

    private static int[] Best(ReadOnlySpan<float> query, RowMatrix documents, float[] scores, float doubt)
    {
        float highest = float.NegativeInfinity;
        foreach (float score in scores)
            highest = MathF.Max(highest, score);
        List<int> best = [];
        double bound = double.NegativeInfinity;
        for (int j = 0; j < scores.Length; j++)
        {
            if (scores[j] < highest - doubt)
                continue;
            double exact = Dot.Float64(query, documents.Row(j));
            if (exact > bound)
            {
                best.Clear();
                bound = exact;
            }
            if (exact == bound)
                best.Add(j);
        }
        return [.. best];
    }
}
