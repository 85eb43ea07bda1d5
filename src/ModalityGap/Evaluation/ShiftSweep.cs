using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>Zero-shot classification, search and rates by group while the modalities are moved along the gap (the paper's Tables 1 and 2, Figures 10 and 11).</summary>
internal static class ShiftSweep
{
    /// <summary>Distance between two shifts.</summary>
    public const double Step = 0.05;

    /// <summary>More queries are represented by a random sample of this size; the gallery stays whole.</summary>
    private const int MostQueries = 2000;

    private const string OfClassTexts = "class texts";

    /// <summary>The shifts δ: -2 to 2. A positive one brings the modalities nearer to each other.</summary>
    public static readonly double[] Grid = [.. Enumerable.Range(-40, 81).Select(k => k / 20.0)];

    /// <summary>Zero-shot accuracy at every shift.</summary>
    /// <param name="images">x, n x d.</param>
    /// <param name="classes">C class texts.</param>
    /// <param name="labels">The class of each image.</param>
    /// <param name="convention">What moves.</param>
    /// <param name="random">The randomness of halves and resamples.</param>
    /// <param name="work">Threads.</param>
    /// <param name="along">Along which gap; default that of the task, mean image less mean class text, as in the paper's Table 1.</param>
    /// <returns>The choice, and the predictions [shift][image]; <c>null</c> where there is no gap to move along.</returns>
    public static (SweepResult Result, int[][] Predicted)? ZeroShot(
        UnitEmbeddings images, ClassTexts classes, int[] labels, ShiftConvention convention, RandomStream random, WorkContext work, GapAlong? along = null)
    {
        GapAlong gap = along ?? GapAlong.Between(images, classes.Rows);
        if (gap.Direction is null)
            return null;
        RankedDocuments ranked = RankedDocuments.Of(images, classes.Rows, labels, gap.Direction, Shifts(convention), work);
        double[][] hits = Hits(ranked);
        double[] gini = [.. ranked.Found.Select(predicted => Hubness.Gini(PredictionConcentration.Counts(predicted, classes.Count)))];
        SweepResult result = Result("top-1", OfClassTexts, convention, gap, hits, images, classes.Rows, "images", random, work);
        return (result with { PredictedGini = gini, GiniCorrelation = Correlation([.. hits.Select(shift => shift.Average())], gini) }, ranked.Found);
    }

    /// <summary>
    /// For two classes, the area under the ROC curve of the second one's cosine less the first one's at every shift, as the paper judges
    /// HatefulMemes; <c>null</c> where
    /// there is no gap to move along.
    /// </summary>
    /// <param name="images">x, n x d.</param>
    /// <param name="classes">Two class texts.</param>
    /// <param name="labels">The class of each image.</param>
    /// <param name="convention">What moves.</param>
    /// <param name="random">The randomness of halves.</param>
    /// <param name="work">Threads.</param>
    /// <param name="along">Along which gap; default that of the task.</param>
    public static SweepResult? Area(
        UnitEmbeddings images, ClassTexts classes, int[] labels, ShiftConvention convention, RandomStream random, WorkContext work, GapAlong? along = null)
    {
        GapAlong gap = along ?? GapAlong.Between(images, classes.Rows);
        if (gap.Direction is not { } direction)
            return null;
        bool enough = AreaChoice.AreEnough(labels);
        return Sweep("roc-auc", OfClassTexts, convention, gap, images, classes.Rows, work) with
        {
            Choice = enough ? AreaChoice.Of(Grid, Scores(images, classes.Rows, direction, Shifts(convention), work), labels, random) : null,
            Missing = enough ? null : $"Halves choose by chance; there must be at least {SweepChoice.FewestUnits / 2} images of each class.",
        };
    }

    // x'·t₂' - x'·t₁' of the moved rows, from the products before the move.
    private static double[][] Scores(UnitEmbeddings images, UnitEmbeddings texts, double[] direction, ShiftAlongGap[] shifts, WorkContext work)
    {
        double[][] scores = [.. shifts.Select(_ => new double[images.Rows])];
        double[] along = [Dot.Float64(texts.Row(0), direction), Dot.Float64(texts.Row(1), direction)];
        double[] squares = [Dot.Float64(texts.Row(0), texts.Row(0)), Dot.Float64(texts.Row(1), texts.Row(1))];
        work.ForEach(images.Rows, i =>
        {
            ReadOnlySpan<float> row = images.Row(i);
            double square = Dot.Float64(row, row), on = Dot.Float64(row, direction);
            double first = Dot.Float64(row, texts.Row(0)), second = Dot.Float64(row, texts.Row(1));
            for (int s = 0; s < shifts.Length; s++)
            {
                ShiftAlongGap shift = shifts[s];
                double gain = shift.GainOfFirst(on);
                scores[s][i] = shift.ScaleOfFirst(square, on)
                    * ((second + gain + shift.GainOfSecond(along[1])) * shift.ScaleOfSecond(squares[1], along[1])
                        - (first + gain + shift.GainOfSecond(along[0])) * shift.ScaleOfSecond(squares[0], along[0]));
            }
        });
        return scores;
    }

    private static PossibleEstimate Correlation(double[] accuracy, double[] gini) => RankCorrelation.Spearman(accuracy, gini) is { } correlation
        ? new PossibleEstimate(Estimate.Exact(correlation.Value, "the shifts share their images", accuracy.Length), null)
        : new PossibleEstimate(null, "Accuracy or the coefficient is the same at every shift.");

    /// <summary>R@1 at every shift, in both directions.</summary>
    /// <param name="pairs">One row of each modality per item.</param>
    /// <param name="convention">What moves.</param>
    /// <param name="random">The randomness of samples, halves and resamples.</param>
    /// <param name="work">Threads.</param>
    public static IReadOnlyList<SweepResult> Retrieval(PairedEmbeddings pairs, ShiftConvention convention, RandomStream random, WorkContext work)
    {
        GapAlong gap = GapAlong.Between(pairs.First, pairs.Second);
        if (gap.Direction is not { } direction)
            return [];
        string first = pairs.First.Modality.Name, second = pairs.Second.Modality.Name;
        int[] asking = pairs.Items <= MostQueries
            ? [.. Enumerable.Range(0, pairs.Items)]
            : [.. random.Fork("queries").NextPermutation(pairs.Items).Take(MostQueries).Order()];
        ShiftAlongGap[] forth = Shifts(convention);
        // Seen from the second modality the gap points the other way, and what moves changes places.
        ShiftAlongGap[] back = Array.ConvertAll(forth, shift => new ShiftAlongGap(shift.OfSecond, shift.OfFirst));
        RankedDocuments ofFirst = RankedDocuments.Of(pairs.First.Select(asking), pairs.Second, asking, direction, forth, work);
        RankedDocuments ofSecond = RankedDocuments.Of(
            pairs.Second.Select(asking), pairs.First, asking, Array.ConvertAll(direction, value => -value), back, work);
        return
        [
            Result("recall-at-1", $"{first}-to-{second}", convention, gap, Hits(ofFirst), pairs.First, pairs.Second, "queries", random.Fork("forth"), work),
            Result("recall-at-1", $"{second}-to-{first}", convention, gap, Hits(ofSecond), pairs.First, pairs.Second, "queries", random.Fork("back"), work),
        ];
    }

    private static SweepResult Result(
        string number,
        string subject,
        ShiftConvention convention,
        GapAlong gap,
        double[][] hits,
        UnitEmbeddings first,
        UnitEmbeddings second,
        string units,
        RandomStream random,
        WorkContext work)
    {
        int n = hits[0].Length;
        return Sweep(number, subject, convention, gap, first, second, work) with
        {
            Choice = n < SweepChoice.FewestUnits ? null : SweepChoice.Of(Grid, hits, units, random),
            Missing = n < SweepChoice.FewestUnits ? $"Halves of {n} {units} choose by chance; there must be at least {SweepChoice.FewestUnits}." : null,
        };
    }

    private static SweepResult Sweep(
        string number, string subject, ShiftConvention convention, GapAlong gap, UnitEmbeddings first, UnitEmbeddings second, WorkContext work)
    {
        var distances = new double[Grid.Length];
        work.ForEach(Grid.Length, k => distances[k] = SignedDistance(convention.At(Grid[k]), gap, first, second));
        return new SweepResult
        {
            Number = number,
            Subject = subject,
            Convention = convention.Id,
            Gap = gap.Length,
            Shifts = Grid,
            SignedDistances = distances,
        };
    }

    /// <summary>The gap that remains, negative where the modalities have changed sides along ĝ.</summary>
    internal static double SignedDistance(ShiftAlongGap shift, GapAlong gap, UnitEmbeddings first, UnitEmbeddings second)
    {
        double[] left = ShiftedRows.Mean(first, gap.Direction!, -shift.OfFirst), right = ShiftedRows.Mean(second, gap.Direction!, shift.OfSecond);
        double[] difference = [.. left.Zip(right, (x, y) => x - y)];
        double length = Math.Sqrt(Dot.Float64(difference, difference));
        return Dot.Float64(difference, gap.Direction!) < 0 ? -length : length;
    }

    private static ShiftAlongGap[] Shifts(ShiftConvention convention) => Array.ConvertAll(Grid, convention.At);

    private static double[][] Hits(RankedDocuments ranked) => Array.ConvertAll(ranked.Ranks, ranks => Array.ConvertAll(ranks, rank => rank == 1 ? 1.0 : 0.0));
}
