using ModalityGap.Comparisons;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Comparisons;

public sealed class ModelComparisonTests
{
    private const string Recall = "recall-at-1/both-ways";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly ModelRun Good = RunSamples.Make("good", gap: 0.5, noise: 0.4, texts: 2);

    private static readonly ModelRun Bad = RunSamples.Make("bad", gap: 1.5, noise: 1.6, d: 24, texts: 2);

    private static readonly ComparisonOptions TwoTexts = new() { TextsPerItem = 2 };

    [Fact]
    public void Values_AreThoseOfAnAnalysis()
    {
        ComparisonResult compared = ModelComparison.Run([Good, Bad], TwoTexts, cancellation: Cancellation);

        foreach ((RunResult run, ModelRun source) in compared.Runs.Zip([Good, Bad]))
        {
            PairResult pair = GapAnalysis.Run(
                [source.First, source.Second], new AnalysisOptions { TextsPerItem = 2 }, cancellation: Cancellation).Pairs[0];
            foreach (string key in run.Measures.Keys.Except([Recall, "recall-at-10/both-ways", "mixed-search/worst-share-hit-at-1"]))
                Assert.Equal(pair.Measures[key].Estimate!.Value, run.Measures[key].Estimate!.Value, 12);
            Assert.Equal(pair.MixedSearch!.WorstShareHitAt1.Value, run.Measures["mixed-search/worst-share-hit-at-1"].Estimate!.Value, 12);
            Assert.Equal(
                (Value(run, "recall-at-1/image-to-text") + Value(run, "recall-at-1/text-to-image")) / 2, Value(run, Recall), 12);
        }
    }

    [Fact]
    public void Differences_HaveTheSignAndPlaceThatTheModelsWereMadeWith()
    {
        ComparisonResult compared = ModelComparison.Run([Bad, Good], TwoTexts, cancellation: Cancellation);

        RunDifference difference = Assert.Single(compared.Differences);
        Assert.Equal(("good", "bad"), (difference.Run, difference.Against));
        Assert.True(difference.Measures["gap-debiased"].Estimate!.High < 0);
        Assert.True(difference.Measures[Recall].Estimate!.Low > 0);
        Assert.True(difference.Measures["mixed-search/worst-share-hit-at-1"].Estimate!.Low > 0);
        Assert.Equal(["good", "bad"], compared.Ranking.Places.Select(place => place.Run));
        Assert.Equal([1, 2], compared.Ranking.Places.Select(place => place.Group));
        Assert.Contains("17 and 25 dimensions", ModelComparison.Detect([Good, Bad], TwoTexts), StringComparison.Ordinal);
    }

    // What the paired bootstrap says, by loops over the items.
    [Fact]
    public void RecallDifference_IsThatOfTheSameResampledItems()
    {
        ComparisonResult compared = ModelComparison.Run([Good, Bad], TwoTexts, cancellation: Cancellation);
        double[] good = HitsOfItems(Good), bad = HitsOfItems(Bad);
        RandomStream random = new RandomStream(TwoTexts.Seed).Fork("items");
        var differences = new double[Bootstrap.Replicates];
        for (int b = 0; b < differences.Length; b++)
            for (int i = 0; i < good.Length; i++)
            {
                int drawn = random.NextIndex(good.Length);
                differences[b] += (bad[drawn] - good[drawn]) / good.Length;
            }
        Estimate expected = Bootstrap.Percentiles(bad.Average() - good.Average(), differences, good.Length, "");

        Estimate found = compared.Differences[0].Measures["recall-at-1/text-to-image"].Estimate!;

        Tolerance.Float64.Check(expected.Value, found.Value, "difference");
        Tolerance.Float64.Check(expected.Low!.Value, found.Low!.Value, "low");
        Tolerance.Float64.Check(expected.High!.Value, found.High!.Value, "high");
    }

    [Fact]
    public void ACopy_DiffersByNothingAndSharesTheFirstGroup()
    {
        ComparisonResult compared = ModelComparison.Run([Good, RunSamples.Copy(Good, "copy"), Bad], TwoTexts, cancellation: Cancellation);

        foreach (Measurement measurement in compared.Differences[0].Measures.Values)
        {
            Tolerance.Float64.Check(0, measurement.Estimate!.Value, measurement.Key);
            // The score interval is lopsided; a copy's ends are one interval's own asymmetry apart.
            if (measurement.Id != "gap-debiased" && measurement.Id != "separability-accuracy")
                Assert.InRange(measurement.Estimate!.High!.Value - measurement.Estimate.Low!.Value, 0, 1e-6);
        }
        Assert.Equal([1, 1, 2], compared.Ranking.Places.Select(place => place.Group));
        Assert.Contains("copy cannot be told from it", compared.Ranking.Sentence, StringComparison.Ordinal);
        Assert.Null(compared.Ranking.Places[2].BehindFirst.Low);
    }

    [Fact]
    public void ARotatedModel_IsTheSameModel()
    {
        var turned = new ModelRun("turned", Turned(Good.First), Turned(Good.Second));

        ComparisonResult compared = ModelComparison.Run([Good, turned], TwoTexts, cancellation: Cancellation);

        foreach (Measurement measurement in compared.Differences[0].Measures.Values)
            Assert.InRange(measurement.Estimate!.Value, -1e-6, 1e-6);
    }

    [Fact]
    public void PairedIntervals_OfModelsThatErrAlike_AreNarrowerThanUnpairedOnes()
    {
        ModelRun one = RunSamples.Make("one", 0.6, 0.5, items: 200), other = RunSamples.Make("other", 0.6, 0.5, items: 200);
        ModelRun near = new("near", Mixed(one.First, other.First), Mixed(one.Second, other.Second));
        ComparisonResult compared = ModelComparison.Run([one, near], cancellation: Cancellation);

        foreach (string key in new[] { "gap-debiased", "relative-modality-gap", "matched-cosine-mean" })
            Assert.True(
                Width(compared.Differences[0].Measures[key].Estimate!)
                    < 0.7 * Width(Difference.Unpaired(compared.Runs[1].Measures[key].Estimate!, compared.Runs[0].Measures[key].Estimate!)),
                key);
    }

    [Fact]
    public void Rows_InAnotherOrderAndWithOthersBetween_AreJoinedById()
    {
        ModelRun plain = RunSamples.Make("plain", 0.5, 0.8, named: true), other = RunSamples.Make("other", 0.9, 0.9, named: true);
        int[] order = new RandomStream(3).NextPermutation(60);
        var shuffled = new ModelRun("other", other.First.Select(order), other.Second.Select([.. order.Reverse()]));

        string straight = ComparisonJson.ToText(ModelComparison.Run([plain, other], cancellation: Cancellation));
        ComparisonResult joined = ModelComparison.Run([plain, shuffled], cancellation: Cancellation);
        ComparisonResult fewer = ModelComparison.Run(
            [plain, shuffled with { First = shuffled.First.Select([.. Enumerable.Range(0, 50)]) }], cancellation: Cancellation);

        Assert.Equal("id", joined.PairedBy);
        Assert.Equal(straight, ComparisonJson.ToText(joined));
        Assert.Equal(50, fewer.Items);
        Assert.Contains(fewer.Findings, finding => finding.Message.Contains("10 of 60 rows of plain's image", StringComparison.Ordinal));
    }

    [Fact]
    public void Result_DependsOnTheSeedAndNotOnTheThreads()
    {
        string one = ComparisonJson.ToText(ModelComparison.Run([Good, Bad], TwoTexts with { Threads = 1 }, cancellation: Cancellation));

        Assert.Equal(one, ComparisonJson.ToText(ModelComparison.Run([Good, Bad], TwoTexts with { Threads = 3 }, cancellation: Cancellation)));
        Assert.NotEqual(one, ComparisonJson.ToText(ModelComparison.Run([Good, Bad], TwoTexts with { Seed = 1 }, cancellation: Cancellation)));
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(one));
        Assert.Equal(one, ComparisonJson.ToText(ComparisonJson.Read(stream)));
    }

    [Fact]
    public void Pictures_AreThoseOfAnAnalysisAndTakeTheSameItemsOfEveryModel()
    {
        ComparisonResult compared = ModelComparison.Run([Good, Bad], TwoTexts with { Pictures = true }, cancellation: Cancellation);

        Assert.Equal(["good", "bad"], compared.Pictures!.Select(picture => picture.Run));
        Assert.Equal(compared.Pictures![0].Map.Pairs, compared.Pictures[1].Map.Pairs);
        foreach ((RunPicture picture, ModelRun source) in compared.Pictures.Zip([Good, Bad]))
        {
            PairResult pair = GapAnalysis.Run(
                [source.First, source.Second], new AnalysisOptions { TextsPerItem = 2 }, cancellation: Cancellation).Pairs[0];
            Assert.Equal(pair.Histograms.Matched, picture.Histograms.Matched);
            Assert.Equal(pair.Histograms.Unmatched, picture.Histograms.Unmatched);
            Assert.Equal(pair.Histograms.WithinFirst, picture.Histograms.WithinFirst);
            Assert.Equal(pair.Histograms.WithinSecond, picture.Histograms.WithinSecond);
            Assert.Equal(["unmatched-cosine-mean", "cosine-mean/image", "cosine-mean/text"], picture.Cosines.Keys);
            Assert.All(picture.Cosines, one => Assert.Equal(pair.Measures[one.Key].Estimate, one.Value.Estimate));
            Assert.Equal(pair.Map.First, picture.Map.First);
            Assert.Equal(pair.Map.SecondCentroid, picture.Map.SecondCentroid);
        }
    }

    [Fact]
    public void Pictures_ChangeNoNumberAndDoNotDependOnTheThreads()
    {
        ComparisonOptions pictured = TwoTexts with { Pictures = true };
        ComparisonResult plain = ModelComparison.Run([Good, Bad], TwoTexts, cancellation: Cancellation);
        ComparisonResult one = ModelComparison.Run([Good, Bad], pictured with { Threads = 1 }, cancellation: Cancellation);

        Assert.Null(plain.Pictures);
        Assert.Equal(ComparisonJson.ToText(plain), ComparisonJson.ToText(one with { Pictures = null }));
        string text = ComparisonJson.ToText(one);
        Assert.Equal(text, ComparisonJson.ToText(ModelComparison.Run([Good, Bad], pictured with { Threads = 3 }, cancellation: Cancellation)));
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal(text, ComparisonJson.ToText(ComparisonJson.Read(stream)));
    }

    [Fact]
    public void Associations_OfSixModelsThatFindLessWithALargerGap_SayThatItIsBeyondChance()
    {
        ModelRun[] runs = [.. Enumerable.Range(0, 6).Select(k => RunSamples.Make($"m{k}", gap: 0.2 + 0.3 * k, noise: 0.6 + 0.25 * k, items: 120))];

        ComparisonResult compared = ModelComparison.Run(runs, cancellation: Cancellation);

        GapAssociation association = compared.Associations[0];
        Assert.Equal(("gap-debiased", Recall, 6), (association.Gap, association.Recall, association.Models));
        Assert.Equal(-1, association.KendallTau.Estimate!.Value);
        Assert.True(association.KendallTau.Estimate.High < 0);
        Assert.Equal(2.0 / 720, association.PermutationPValue.Estimate!.Value);
        Assert.Contains("one order", association.KendallTauOverModels.Missing, StringComparison.Ordinal);
        Assert.Contains("less is found", association.Sentence, StringComparison.Ordinal);
        Assert.Contains("beyond chance", association.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Associations_OfFewModels_ClaimNothingAboutOthers()
    {
        ModelRun third = RunSamples.Make("third", 1.0, 0.9, texts: 2);

        GapAssociation three = ModelComparison.Run([Good, third, Bad], TwoTexts, cancellation: Cancellation).Associations[0];
        GapAssociation two = ModelComparison.Run([Good, Bad], TwoTexts, cancellation: Cancellation).Associations[0];

        Assert.Contains("too few", three.KendallTauOverModels.Missing, StringComparison.Ordinal);
        Assert.Contains("says nothing about other models", three.Sentence, StringComparison.Ordinal);
        Assert.Equal(1.0 / 3, three.PermutationPValue.Estimate!.Value);
        Assert.Null(two.KendallTau.Estimate);
        Assert.Contains("no correlation", two.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void By_TakesAnIdOrAKey()
    {
        Assert.Equal("good", First("gap-debiased"));
        Assert.Equal("good", First("recall-at-10/text-to-image"));
        Assert.Equal("good", First("mixed-search"));
        Assert.Throws<ArgumentException>(() => First("hubness"));
        Assert.Throws<ArgumentException>(() => First("recall-at-1/text-to-sound"));

        static string First(string by) => ModelComparison.Run([Bad, Good], TwoTexts with { By = by }).Ranking.Places[0].Run;
    }

    [Fact]
    public void ModelsThatDoNotFit_AreRefusedByName()
    {
        ModelRun plain = RunSamples.Make("plain", 0.5, 0.5), fewer = RunSamples.Make("fewer", 0.5, 0.5, items: 50);
        var sound = new ModelRun("sound", plain.First.As(new Modality("sound")), plain.Second);
        var uneven = new ModelRun("uneven", plain.First, Bad.Second);

        Assert.Contains("fewer has 50 items, plain 60.", Fault(plain, fewer), StringComparison.Ordinal);
        Assert.Contains("sound has sound and text, plain image and text", Fault(plain, sound), StringComparison.Ordinal);
        Assert.Contains("dimensions", Fault(plain, uneven), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ModelComparison.Run([plain]));
        Assert.Throws<ArgumentException>(() => ModelComparison.Run([plain, plain]));
        string mixed = Assert.Throws<EmbeddingDataException>(
            () => ModelComparison.Run([plain, RunSamples.Copy(plain, "copy")], new ComparisonOptions { By = "mixed-search" })).Message;
        Assert.Contains("plain: it has no mixed-search", mixed, StringComparison.Ordinal);

        static string Fault(params ModelRun[] runs) => Assert.Throws<EmbeddingDataException>(() => ModelComparison.Run(runs)).Message;
    }

    [Fact]
    public void IdsOfOneModelOnly_AreNotUsedAndThatIsSaid()
    {
        ModelRun named = RunSamples.Make("named", 0.5, 0.5, named: true), nameless = RunSamples.Make("nameless", 0.5, 0.5);

        ComparisonResult compared = ModelComparison.Run([named, nameless], cancellation: Cancellation);

        Assert.Equal("row", compared.PairedBy);
        Assert.Contains("named has ids, nameless has none", Assert.Single(compared.Findings).Message, StringComparison.Ordinal);
    }

    /// <summary>Ties, copies, opposite cones, two items: whatever there is, the result is finite and says why where a number is missing.</summary>
    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void AnyGeometry_GivesFiniteNumbersOrReasons(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        var plain = new ModelRun("plain", Set(pairs.First, 0), Set(pairs.Second, 0));
        var turned = new ModelRun("turned", Set(pairs.Second, 0).As(Modality.Image), Set(pairs.First, 0).As(Modality.Text));
        var moved = new ModelRun("moved", Set(pairs.First, 1), Set(pairs.Second, 0));

        ComparisonResult compared = ModelComparison.Run([plain, turned, moved], cancellation: Cancellation);

        string json = ComparisonJson.ToText(compared);
        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
        foreach (Measurement measurement in compared.Differences.SelectMany(difference => difference.Measures.Values))
        {
            Assert.True(measurement.Estimate is null != measurement.Missing is null, measurement.Key);
            if (measurement.Estimate is { Low: { } low, High: { } high } estimate)
                Assert.True(low <= estimate.Value + 1e-12 && estimate.Value <= high + 1e-12, measurement.Key);
        }

        static EmbeddingSet Set(UnitEmbeddings rows, double by) => Rows.Set(rows.Modality, Rows.All(rows).Select(row =>
        {
            row[0] += 2 * by;
            return row;
        }));
    }

    [Fact]
    public void SkipInvalid_LeavesAnItemOutOfEveryModel()
    {
        ModelRun plain = RunSamples.Make("plain", 0.5, 0.5), other = RunSamples.Make("other", 0.5, 0.5);
        double[][] rows = Rows.All(UnitEmbeddings.Normalize(other.First));
        Array.Fill(rows[7], 0);
        ModelRun broken = other with { First = Rows.Set(Modality.Image, rows) };

        Assert.Throws<EmbeddingDataException>(() => ModelComparison.Run([plain, broken]));
        ComparisonResult compared = ModelComparison.Run([plain, broken], new ComparisonOptions { SkipInvalid = true }, cancellation: Cancellation);

        Assert.Equal(59, compared.Items);
        Assert.All(compared.Runs, run => Assert.Equal(59, run.FirstRows));
    }

    // R@1 of each item's texts among all images, ties counting against it.
    private static double[] HitsOfItems(ModelRun run)
    {
        double[][] images = Rows.All(UnitEmbeddings.Normalize(run.First)), texts = Rows.All(UnitEmbeddings.Normalize(run.Second));
        var hits = new double[images.Length];
        for (int t = 0; t < texts.Length; t++)
        {
            int own = t / 2;
            bool first = !Enumerable.Range(0, images.Length).Any(j => j != own && Cosine(texts[t], images[j]) >= Cosine(texts[t], images[own]));
            hits[own] += first ? 0.5 : 0;
        }
        return hits;
    }

    private static double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Value(RunResult run, string key) => run.Measures[key].Estimate!.Value;

    private static double Width(Estimate estimate) => estimate.High!.Value - estimate.Low!.Value;

    // A rotation in each plane of two neighbouring axes.
    private static EmbeddingSet Turned(EmbeddingSet set) => Rows.Set(set.Modality, Enumerable.Range(0, set.Rows).Select(i =>
    {
        double[] row = Array.ConvertAll(set.Row(i).ToArray(), value => (double)value);
        for (int k = 0; k + 1 < row.Length; k++)
            (row[k], row[k + 1]) = (0.8 * row[k] - 0.6 * row[k + 1], 0.6 * row[k] + 0.8 * row[k + 1]);
        return row;
    }));

    private static EmbeddingSet Mixed(EmbeddingSet a, EmbeddingSet b) => Rows.Set(a.Modality, Enumerable.Range(0, a.Rows).Select(i =>
        Rows.Plus(Array.ConvertAll(a.Row(i).ToArray(), value => (double)value), Array.ConvertAll(b.Row(i).ToArray(), value => (double)value), 0.15)));
}
