using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Corrections;

public sealed class TranslationTests
{
    [Fact]
    public void Fit_OfTwoPoints_MovesByTheFractionOfTheGapVector()
    {
        // Δ = (1, 0) - (0, 1) = (1, -1).
        PairedEmbeddings pairs = Rows.Pair([[1, 0]], [[0, 1]]);
        Check(pairs, new Translation(), [Math.Sqrt(0.5), Math.Sqrt(0.5)], [Math.Sqrt(0.5), Math.Sqrt(0.5)]);
        Check(pairs, new Translation(Shift.Fraction(1)), [0, 1], [1, 0]);
        Check(pairs, new Translation(Shift.Fraction(1), Moving.FirstOnly), [0, 1], [0, 1]);
        Check(pairs, new Translation(Shift.Fraction(1), Moving.SecondOnly), [1, 0], [1, 0]);
        // Along ĝ = (1, -1)/√2 by √2 in all, half of it each.
        Check(pairs, new Translation(Shift.Distance(Math.Sqrt(2))), [Math.Sqrt(0.5), Math.Sqrt(0.5)], [Math.Sqrt(0.5), Math.Sqrt(0.5)]);
        Check(pairs, new Translation(Shift.Distance(Math.Sqrt(2)), Moving.FirstOnly), [0, 1], [0, 1]);
    }

    [Theory]
    [InlineData("both", Moving.Both)]
    [InlineData("first-only", Moving.FirstOnly)]
    [InlineData("second-only", Moving.SecondOnly)]
    public void Fit_OfAnyShift_ReachesTheDistanceOfTheLandscape(string convention, Moving moving)
    {
        PairedEmbeddings pairs = Rows.Cones(120, 24, 183);
        LandscapeFamily family = Landscape.Compute(Rows.Evidence(pairs), 1000).Families.Single(family => family.Convention == convention);
        Assert.True(family.Steps.Count > 20);
        foreach (LandscapeStep step in family.Steps.Where((_, k) => k % 3 == 0))
        {
            double distance = Gap(new Translation(Shift.Distance(step.Distance), moving).Fit(CorrectionSample.Of(pairs)), pairs);
            new Tolerance(1e-5, 1e-5).Check(Math.Abs(step.SignedDistance), distance, $"{convention}, δ = {step.Distance}");
            double ofFraction = Gap(new Translation(Shift.Fraction(step.Fraction), moving).Fit(CorrectionSample.Of(pairs)), pairs);
            new Tolerance(1e-5, 1e-5).Check(distance, ofFraction, $"{convention}, λ = {step.Fraction}");
        }
        double gap = Math.Sqrt(Rows.Evidence(pairs).Moments.Sums.SquaredGap), share = moving == Moving.Both ? 0.5 : 1;
        // By the whole gap vector each: the same as a distance of λ‖Δ‖ over the share that moves.
        new Tolerance(1e-9, 1e-7).Check(
            Gap(new Translation(Shift.Distance(gap / share), moving).Fit(CorrectionSample.Of(pairs)), pairs),
            Gap(new Translation(Shift.Fraction(1), moving).Fit(CorrectionSample.Of(pairs)), pairs),
            convention);
    }

    [Fact]
    public void RandomTranslation_OfTheSameShift_MovesAsFarElsewhere()
    {
        PairedEmbeddings pairs = Rows.Cones(100, 64, 184);
        CorrectionSample sample = CorrectionSample.Of(pairs);
        double[] along = Centre(new Translation().Fit(sample)), elsewhere = Centre(new RandomTranslation(7).Fit(sample)), again = Centre(new RandomTranslation(7).Fit(sample));
        Tolerance.Float64.Check(Norm(along), Norm(elsewhere), "length");
        Assert.Equal(elsewhere, again);
        Assert.NotEqual(elsewhere, Centre(new RandomTranslation(8).Fit(sample)));
        Assert.InRange(Math.Abs(along.Zip(elsewhere, (a, b) => a * b).Sum()) / (Norm(along) * Norm(along)), 0, 0.4);
        // The placebo leaves the gap about as wide as it was; the translation closes it.
        Assert.True(Gap(new RandomTranslation(7).Fit(sample), pairs) > 5 * Gap(new Translation().Fit(sample), pairs));
    }

    [Fact]
    public void Fit_WithoutAGap_Refuses()
    {
        PairedEmbeddings pairs = Rows.Pair([[1, 0], [0, 1]], [[0, 1], [1, 0]]);
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => new Translation().Fit(CorrectionSample.Of(pairs)));
        Assert.Contains("the means of image and text are the same", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Shift.Fraction(double.NaN));
    }

    [Fact]
    public void Fit_WithQueries_MovesThemWithTheirModality()
    {
        PairedEmbeddings pairs = Rows.Pair([[1, 0]], [[0, 1]]);
        UnitEmbeddings texts = Rows.Unit(Modality.Text, [[0, 1]]), signals = Rows.Unit(new Modality("eeg"), [[0, 1]]);
        FittedCorrection fitted = new Translation(Shift.Fraction(1)).Fit(new CorrectionSample(pairs.First, pairs.Second, null, texts, signals));
        Tolerance.StoredFloat32.Check([1, 0], Rows.Row(fitted.Apply(RowRole.Queries(Modality.Text), texts), 0), "text query");
        Tolerance.StoredFloat32.Check([0, 1], Rows.Row(fitted.Apply(RowRole.Queries(new Modality("eeg")), signals), 0), "third query");
    }

    private static double[] Centre(FittedCorrection fitted) => fitted.Transforms[0].Transform.Steps[0].Centre.ToArray();

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));

    private static double Gap(FittedCorrection fitted, PairedEmbeddings pairs)
    {
        PairedEmbeddings moved = PairedEmbeddings.ByRow(fitted.ApplyToFirst(pairs.First), fitted.ApplyToSecond(pairs.Second));
        return Math.Sqrt(Rows.Evidence(moved).Moments.Sums.SquaredGap);
    }

    private static void Check(PairedEmbeddings pairs, Translation translation, double[] first, double[] second)
    {
        FittedCorrection fitted = translation.Fit(CorrectionSample.Of(pairs));
        Tolerance.StoredFloat32.Check(first, Rows.Row(fitted.ApplyToFirst(pairs.First), 0), $"first, {translation.Shift}");
        Tolerance.StoredFloat32.Check(second, Rows.Row(fitted.ApplyToSecond(pairs.Second), 0), $"second, {translation.Shift}");
    }
}
