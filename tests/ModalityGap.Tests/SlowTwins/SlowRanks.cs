using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.SlowTwins;

/// <summary>Ranks of documents after a shift, by moving the rows and sorting.</summary>
internal static class SlowRanks
{
    /// <summary>The document found first, and the rank of the own one.</summary>
    public static (int Found, int Rank) Of(UnitEmbeddings queries, UnitEmbeddings documents, int i, int own, double[]? direction = null, ShiftAlongGap shift = default)
    {
        double[] query = Moved(Rows.Row(queries, i), direction, -shift.OfFirst);
        double[] scores = [.. Enumerable.Range(0, documents.Rows).Select(c => Dot(query, Moved(Rows.Row(documents, c), direction, shift.OfSecond)))];
        int rank = 1 + Enumerable.Range(0, scores.Length).Count(c => c != own && scores[c] >= scores[own]);
        double best = scores.Max();
        int[] first = [.. Enumerable.Range(0, scores.Length).Where(c => scores[c] == best)];
        return (first.Length > 1 && first[0] == own ? first[1] : first[0], rank);
    }

    public static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private static double[] Moved(double[] row, double[]? direction, double distance) =>
        direction is null || distance == 0 ? row : Rows.Unit(Rows.Plus(row, direction, distance));
}
