using System.Text.RegularExpressions;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Measures;

/// <summary>What holds for every measure of the catalogue, over the explicit list.</summary>
public sealed partial class ContractTests
{
    private static readonly string[] OfCoordinates = ["top-dimension-share", "ablated-gap", "ablated-recall-at-1"];

    // Signs of the permutation test and folds are drawn by the items' order.
    private static readonly string[] OfOrder = ["gap-p-value", "separability-accuracy", "separability-auc", "separability-auc-without-gap"];

    // A side's lean along the gap changes its sign with the gap's.
    private static readonly string[] OfSide = ["pair-orthogonality-mean"];

    [Fact]
    public void Catalogue_EveryEntry_IsComplete()
    {
        Assert.True(MeasureCatalog.All.Count > 25);
        foreach (MeasureInfo info in MeasureCatalog.All)
        {
            Assert.Matches(KebabCase(), info.Id);
            foreach (string text in new[] { info.Name, info.Definition, info.Formula, info.Range, info.Reading, info.Reference })
                Assert.True(text.Trim().Length > 2 && text == text.Trim(), $"{info.Id}: \"{text}\"");
            foreach (string sentence in new[] { info.Definition, info.Reading })
                Assert.True(char.IsUpper(sentence[0]) || char.IsDigit(sentence[0]) || sentence[0] == 'δ', $"{info.Id}: {sentence}");
            Assert.EndsWith(".", info.Definition, StringComparison.Ordinal);
            Assert.EndsWith(".", info.Reading, StringComparison.Ordinal);
            Assert.True(MeasureCatalog.TryFind(info.Id, out MeasureInfo? found) && found == info);
        }
        Assert.Equal(MeasureCatalog.All.Count, MeasureCatalog.All.Select(info => info.Id).Distinct().Count());
        Assert.False(MeasureCatalog.TryFind("no-such-measure", out _));
    }

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Measures_OfAnyPairs_StayInTheirRangeAndTheirInterval(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        foreach (Measurement measurement in Rows.Measure(pairs).Values)
            AssertSound(measurement, pairs.Items, sample);
    }

    [Fact]
    public void Measures_OfSeveralTexts_StayInTheirRangeAndTheirInterval()
    {
        PairedEmbeddings pairs = Rows.Captioned(60, 12, 121, 3, 1);
        foreach (Measurement measurement in Rows.Measure(pairs).Values)
            AssertSound(measurement, pairs.Second.Rows, "several texts");
    }

    [Fact]
    public void Measures_OfCollapsedRows_StayInTheirRangeAndTheirInterval()
    {
        foreach (Measurement measurement in Rows.Measure(PairSamples.Collapsed(50, 24)).Values)
            AssertSound(measurement, 50, "collapsed");
    }

    [Fact]
    public void Measures_OfEachEntry_GiveWhatTheyDefine()
    {
        PairEvidence evidence = Rows.Evidence(Rows.Cones(40, 12, 122));
        foreach (IMeasure measure in MeasureCatalog.Measures)
        {
            string[] given = [.. measure.Compute(evidence).Select(measurement => measurement.Id).Distinct()];
            Assert.Equal(measure.Infos.Select(info => info.Id).Order(), given.Order());
        }
    }

    [Fact]
    public void Measures_UnderACommonRotation_DoNotChange()
    {
        PairedEmbeddings cones = Rows.Cones(90, 14, 123), pairs = Rows.Pair(Rows.All(cones.First), Rows.All(cones.Second));
        double[][] rotation = Orthogonal(14);
        PairedEmbeddings rotated = Rows.Pair(Rotated(pairs.First), Rotated(pairs.Second));
        AssertSame(Rows.Measure(pairs), Rows.Measure(rotated), new Tolerance(2e-5, 2e-6), id => !OfCoordinates.Contains(id));

        IEnumerable<double[]> Rotated(UnitEmbeddings rows) =>
            Rows.All(rows).Select(row => Array.ConvertAll(rotation, axis => axis.Zip(row, (a, b) => a * b).Sum()));
    }

    [Fact]
    public void Measures_WithTheItemsInAnotherOrder_DoNotChange()
    {
        PairedEmbeddings pairs = Rows.Cones(90, 14, 124);
        int[] order = new RandomStream(1).NextPermutation(90);
        AssertSame(Rows.Measure(pairs), Rows.Measure(pairs.Select(order)), new Tolerance(1e-5, 1e-6), id => !OfOrder.Contains(id));
    }

    [Fact]
    public void Measures_WithTheModalitiesSwapped_KeepTheirSubjects()
    {
        PairedEmbeddings pairs = Rows.Cones(90, 14, 125), swapped = PairedEmbeddings.ByRow(pairs.Second, pairs.First);
        Dictionary<string, Measurement> before = Rows.Measure(pairs), after = Rows.Measure(swapped);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        AssertSame(before, after, new Tolerance(1e-5, 1e-6), id => !OfSide.Contains(id));
        Assert.NotEqual(before["recall-at-1/image-to-text"].Estimate!.Value, before["recall-at-1/text-to-image"].Estimate!.Value);
    }

    private static void AssertSound(Measurement measurement, int items, string sample)
    {
        string what = $"{sample}: {measurement.Key}";
        Assert.True(MeasureCatalog.TryFind(measurement.Id, out MeasureInfo? info), what);
        Assert.True(measurement.Estimate is null != measurement.Missing is null, $"{what} must be a number or a reason.");
        if (measurement.Estimate is not { } estimate)
        {
            Assert.Matches(@"^[A-Z].+\.$", measurement.Missing);
            return;
        }
        Assert.True(StatedRange.Parse(info.Range, items).Holds(estimate.Value), $"{what} is {estimate.Value}, outside {info.Range}.");
        Assert.NotEmpty(estimate.Method);
        Assert.True(estimate.Count > 0, what);
        Assert.True(estimate.Low is null == estimate.High is null, what);
        if (estimate is not { Low: { } low, High: { } high })
            return;
        Assert.Equal(0.95, estimate.Level);
        Assert.True(double.IsFinite(low) && double.IsFinite(high) && low <= high, $"{what}: [{low}, {high}]");
        // The gap itself is biased, and its interval is that of the debiased gap.
        if (measurement.Id is not ("gap" or "ablated-gap"))
            Assert.True(low <= estimate.Value + 1e-9 && estimate.Value <= high + 1e-9, $"{what} is {estimate.Value}, outside [{low}, {high}].");
    }

    private static void AssertSame(Dictionary<string, Measurement> before, Dictionary<string, Measurement> after, Tolerance tolerance, Predicate<string> isHeld)
    {
        int held = 0;
        foreach ((string key, Measurement measurement) in before)
        {
            if (!isHeld(measurement.Id))
                continue;
            held++;
            Assert.Equal(measurement.Missing, after[key].Missing);
            if (measurement.Estimate is { } estimate)
                tolerance.Check(estimate.Value, after[key].Estimate!.Value, key);
        }
        Assert.True(held > 60, $"Only {held} measures were compared.");
    }

    // Gram-Schmidt on random vectors.
    private static double[][] Orthogonal(int d)
    {
        RandomStream random = new(2);
        List<double[]> axes = [];
        while (axes.Count < d)
        {
            double[] next = Rows.Gaussian(random, d);
            foreach (double[] axis in axes)
                next = Rows.Plus(next, axis, -axis.Zip(next, (a, b) => a * b).Sum());
            axes.Add(Rows.Unit(next));
        }
        return [.. axes];
    }

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
