using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;

namespace ModalityGap.Evaluation;

/// <summary>
/// Which document each query finds first and where its own one stands, after any number of shifts along a direction, all from one pass
/// over X·Yᵀ: documents are class texts, or the other modality. What float32 cannot decide is decided in float64, and a document with the
/// very same score as the query's own one stands before it.
/// </summary>
internal sealed class RankedDocuments
{
    private readonly UnitEmbeddings queries, documents;
    private readonly IReadOnlyList<int>? own;
    private readonly View[] views;
    private readonly float uncertainty;

    private RankedDocuments(
        UnitEmbeddings queries, UnitEmbeddings documents, IReadOnlyList<int>? own, double[]? direction, IReadOnlyList<ShiftAlongGap> shifts)
    {
        (this.queries, this.documents, this.own) = (queries, documents, own);
        uncertainty = Dot.Uncertainty(queries.Dimensions);
        views = [.. shifts.Select(shift => new View(shift, queries, documents, direction))];
        Found = [.. shifts.Select(_ => new int[queries.Rows])];
        Ranks = own is null ? [] : [.. shifts.Select(_ => new int[queries.Rows])];
    }

    /// <summary>[shift][query]: the document that comes first; of equal ones not the query's own, then the first.</summary>
    public int[][] Found { get; }

    /// <summary>[shift][query]: the rank of the query's own document, from 1; empty where nothing is known to be right.</summary>
    public int[][] Ranks { get; }

    /// <summary>Ranks as the rows are.</summary>
    public static RankedDocuments Of(UnitEmbeddings queries, UnitEmbeddings documents, IReadOnlyList<int>? own, WorkContext work) =>
        Of(queries, documents, own, null, [ShiftAlongGap.None], work);

    /// <summary>Ranks after shifts.</summary>
    /// <param name="queries">x, n x d.</param>
    /// <param name="documents">y, m x d.</param>
    /// <param name="own">The right document of each query, or <c>null</c>.</param>
    /// <param name="direction">ĝ, from the documents to the queries; needed where a shift moves anything.</param>
    /// <param name="shifts">x' = x - bĝ, y' = y + aĝ, set to norm 1 again.</param>
    /// <param name="work">Threads.</param>
    public static RankedDocuments Of(
        UnitEmbeddings queries,
        UnitEmbeddings documents,
        IReadOnlyList<int>? own,
        double[]? direction,
        IReadOnlyList<ShiftAlongGap> shifts,
        WorkContext work)
    {
        var ranked = new RankedDocuments(queries, documents, own, direction, shifts);
        RowScores.ForEachRow(
            new RowMatrix(queries.Values, queries.Rows, queries.Dimensions),
            [new RowMatrix(documents.Values, documents.Rows, documents.Dimensions)],
            work,
            (i, scores) => ranked.Look(i, scores[0]));
        return ranked;
    }

    private void Look(int i, float[] products)
    {
        var scores = new double[products.Length];
        for (int s = 0; s < views.Length; s++)
        {
            View view = views[s];
            double gain = view.GainOfQuery[i], surelyReached = double.NegativeInfinity;
            for (int c = 0; c < scores.Length; c++)
            {
                scores[c] = (products[c] + gain + view.GainOfDocument[c]) * view.Scale[c];
                surelyReached = Math.Max(surelyReached, scores[c] - Doubt(view, c));
            }
            Found[s][i] = First(i, view, scores, surelyReached);
            if (own is not null)
                Ranks[s][i] = Rank(i, view, scores);
        }
    }

    private int First(int i, View view, double[] scores, double surelyReached)
    {
        int first = -1, others = 0;
        for (int c = 0; c < scores.Length; c++)
            if (scores[c] + Doubt(view, c) >= surelyReached)
            {
                first = first < 0 ? c : first;
                others++;
            }
        if (others == 1)
            return first;
        double best = double.NegativeInfinity;
        int found = -1;
        for (int c = first; c < scores.Length; c++)
        {
            if (scores[c] + Doubt(view, c) < surelyReached)
                continue;
            double exact = Exact(i, c, view);
            if (exact > best || (exact == best && found == own?[i]))
                (best, found) = (exact, c);
        }
        return found;
    }

    private int Rank(int i, View view, double[] scores)
    {
        int right = own![i], rank = 1;
        double bound = Exact(i, right, view);
        for (int c = 0; c < scores.Length; c++)
        {
            double doubt = Doubt(view, c);
            if (c != right && (scores[c] > bound + doubt || (scores[c] >= bound - doubt && Exact(i, c, view) >= bound)))
                rank++;
        }
        return rank;
    }

    private double Doubt(View view, int c) => uncertainty * view.Scale[c];

    private double Exact(int i, int c, View view) =>
        (Dot.Float64(queries.Row(i), documents.Row(c)) + view.GainOfQuery[i] + view.GainOfDocument[c]) * view.Scale[c];

    /// <summary>
    /// What a shift does to the scores of one query: (x·y + a x·ĝ - b y·ĝ - ab) / ‖y + aĝ‖, up to the factor 1/‖x - bĝ‖ that all of them share.
    /// </summary>
    private sealed class View
    {
        public View(ShiftAlongGap shift, UnitEmbeddings queries, UnitEmbeddings documents, double[]? direction)
        {
            GainOfQuery = new double[queries.Rows];
            GainOfDocument = new double[documents.Rows];
            Scale = new double[documents.Rows];
            Array.Fill(Scale, 1);
            if (shift == ShiftAlongGap.None)
                return;
            ArgumentNullException.ThrowIfNull(direction);
            for (int i = 0; i < GainOfQuery.Length; i++)
                GainOfQuery[i] = shift.GainOfFirst(Dot.Float64(queries.Row(i), direction));
            for (int c = 0; c < Scale.Length; c++)
            {
                ReadOnlySpan<float> row = documents.Row(c);
                double on = Dot.Float64(row, direction);
                GainOfDocument[c] = shift.GainOfSecond(on);
                Scale[c] = shift.OfSecond == 0 ? 1 : shift.ScaleOfSecond(Dot.Float64(row, row), on);
            }
        }

        public double[] GainOfQuery { get; }

        public double[] GainOfDocument { get; }

        public double[] Scale { get; }
    }
}
