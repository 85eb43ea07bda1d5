using System.IO.Compression;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Sources;
using ModalityGap.Statistics;
using ModalityGap.Testing;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Linear;

/// <summary>One pass over files against the whole analysis of the same rows in memory.</summary>
public sealed class LinearAnalysisTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Arrays { get; } =
    [
        "features_clip", "features_clip_random", "features_convirt", "features_convirt_random",
        "features_videoclip", "features_videoclip_random", "features_clasp", "features_clasp_random",
    ];

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Run_AnyPairs_GivesTheNumbersOfTheMeasures(string name)
    {
        PairedEmbeddings pairs = PairSamples.Of(name);
        LinearPair pair = Assert.Single(Run([Stream(pairs.First), Stream(pairs.Second)]).Pairs);
        SameNumbers(Rows.Measure(pairs), pair.Measures, Tolerance.StoredFloat32);
    }

    [Theory]
    [MemberData(nameof(Arrays))]
    public void Run_PaperArray_GivesTheNumbersOfTheWholeAnalysis(string name)
    {
        string path = SharedFolder.File("data", "paper", name + ".npy");
        PairedEmbeddings pairs = PairedEmbeddings.ByRow(
            UnitEmbeddings.Normalize(Reading.All(path)[0]), UnitEmbeddings.Normalize(Reading.All(path)[1]));
        SameNumbers(Rows.Measure(pairs), Run(Open(path)).Pairs[0].Measures, Tolerance.StoredFloat32);
    }

    [Fact]
    public void Run_ThreeModalities_MeasuresEveryPair()
    {
        string[] paths = [.. ((string[])["img_vith14", "text_vith14", "eeg_sub08"]).Select(name => SharedFolder.File("data", "things200", $"things200_{name}.npy"))];
        LinearResult result = Run([.. paths.SelectMany(Open)]);
        Assert.Equal(["image/text", "image/eeg", "text/eeg"], result.Pairs.Select(pair => $"{pair.First}/{pair.Second}"));
        UnitEmbeddings[] rows = [.. paths.Select(path => UnitEmbeddings.Normalize(Reading.One(path)))];
        SameNumbers(Rows.Measure(PairedEmbeddings.ByRow(rows[0], rows[2])), result.Pairs[1].Measures, Tolerance.StoredFloat32);
        SameNumbers(Rows.Measure(PairedEmbeddings.ByRow(rows[1], rows[2])), result.Pairs[2].Measures, Tolerance.StoredFloat32);
    }

    [Fact]
    public void Run_BuiltInSample_SaysWhatTheWholeAnalysisSays()
    {
        IReadOnlyList<EmbeddingSet> sets = BuiltInSample.Create();
        Alignment alignment = Alignment.Of(sets);
        PairedEmbeddings pairs = alignment.Pair(0, 1).OneToOne();
        LinearResult linear = Run([Stream(pairs.First), Stream(pairs.Second)]);
        Assert.StartsWith("Image and text embeddings sit 0.813 apart [0.810, 0.814]: a severe gap.", linear.Pairs[0].Verdict.Headline, StringComparison.Ordinal);
        Assert.Equal("2 modalities x 400 pairs x 128 dimensions, float32, unit norm, paired by row", linear.Detected);
    }

    [Fact]
    public void Run_OnSampleOfAllPairs_AddsWhatTheWholeAnalysisHasBeside()
    {
        PairedEmbeddings pairs = Rows.Cones(300, 12, 72);
        var options = new AnalysisOptions { Temperatures = [0.5, 0.05] };
        LinearPair pair = Run([Stream(pairs.First), Stream(pairs.Second)], new LinearOptions { OnSample = options }).Pairs[0];
        PairResult whole = GapAnalysis.Run([Set(pairs.First), Set(pairs.Second)], options).Pairs[0];
        Assert.Equal(whole.Measures.Keys.Order(StringComparer.Ordinal), pair.Measures.Keys.Concat(pair.Sample!.Measures.Keys).Order(StringComparer.Ordinal));
        foreach (string key in (string[])["recall-at-1/image-to-text", "mean-reciprocal-rank/text-to-image", "matched-unmatched-auc", "clip-loss/0.05"])
            Tolerance.StoredFloat32.Check(whole.Measures[key].Estimate!.Value, pair.Sample.Measures[key].Estimate!.Value, key);
        Tolerance.StoredFloat32.Check(whole.Thresholds.Rows[0].Cosine.Value, pair.Sample.Thresholds.Rows[0].Cosine.Value, "threshold");
        Assert.Null(Run([Stream(pairs.First), Stream(pairs.Second)]).Pairs[0].Sample);
    }

    [Fact]
    public void Run_OnSampleThatMakesNoSense_IsRefusedBeforeARowIsRead()
    {
        PairedEmbeddings pairs = Rows.Cones(60, 12, 74);
        var steps = new List<AnalysisProgress>();
        var options = new LinearOptions { OnSample = new AnalysisOptions { Temperatures = [-1] } };
        Assert.ThrowsAny<ArgumentException>(() => LinearAnalysis.Run([Stream(pairs.First), Stream(pairs.Second)], options, new Told(steps)));
        Assert.Empty(steps);
        LinearAnalysis.Run([Stream(pairs.First), Stream(pairs.Second)], new LinearOptions { OnSample = new AnalysisOptions() }, new Told(steps));
        Assert.Contains(steps, step => step.Stage == "image, text: measures");
        Assert.Equal(1, steps[^1].Fraction);
    }

    [Fact]
    public void CheckSample_LargerThanAnArray_NamesTheLargest()
    {
        var options = new LinearOptions { SamplePairs = LinearOptions.MostSamplePairs };
        options.CheckSample("some", 400_000, 1024);
        EmbeddingDataException refusal = Assert.Throws<EmbeddingDataException>(() => options.CheckSample("some", long.MaxValue, 1024));
        Assert.Contains("Sample at most 439,453 items", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class Told(List<AnalysisProgress> steps) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value)
        {
            lock (steps)
                steps.Add(value);
        }
    }

    [Fact]
    public void Run_OnSampleOfSomePairs_HasTheWholeNumberInItsInterval()
    {
        PairedEmbeddings pairs = Rows.Cones(3000, 12, 73);
        LinearSample sample = Run(
            [Stream(pairs.First), Stream(pairs.Second)], new LinearOptions { SamplePairs = 500, OnSample = new AnalysisOptions() }).Pairs[0].Sample!;
        double whole = GapAnalysis.Run([Set(pairs.First), Set(pairs.Second)]).Pairs[0].Measures["matched-unmatched-auc"].Estimate!.Value;
        Estimate found = sample.Measures["matched-unmatched-auc"].Estimate!;
        Assert.Equal(500, sample.Items);
        Assert.Equal(1.0 / 3000, sample.Thresholds.Prevalence);
        Assert.InRange(whole, found.Low!.Value, found.High!.Value);
    }

    [Fact]
    public void Run_MorePairsThanTheSample_KeepsNumbersAndNearlyTheIntervals()
    {
        PairedEmbeddings pairs = Rows.Cones(3000, 12, 71);
        LinearPair pair = Run([Stream(pairs.First), Stream(pairs.Second)], new LinearOptions { SamplePairs = 1000 }).Pairs[0];
        Dictionary<string, Measurement> whole = Rows.Measure(pairs);
        foreach ((string key, Measurement measurement) in pair.Measures)
        {
            Estimate expected = whole[key].Estimate!, actual = measurement.Estimate!;
            Tolerance.StoredFloat32.Check(expected.Value, actual.Value, key);
            Assert.Equal(3000, actual.Count);
            Assert.Equal(expected.Low is null, actual.Low is null);
            if (expected.Low is null)
                continue;
            double width = expected.High!.Value - expected.Low.Value;
            // A thousand pairs tell a width within some per cent; where influences are squares their tails make it more.
            new Tolerance(key == "matched-cosine-deviation" ? 0.25 : 0.12, 0).Check(width, actual.High!.Value - actual.Low!.Value, $"width of {key}");
            // The mean's own interval comes from accumulated squares, all others say that they are of a sample.
            Assert.Equal(key != "matched-cosine-mean", actual.Method.Contains("a random sample of 1000", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Run_WithAnyNumberOfThreads_GivesTheSameBits()
    {
        string path = HalfStack(2, 9000, 24);
        string alone = Text(1);
        Assert.Equal(alone, Text(2));
        Assert.Equal(alone, Text(5));

        string Text(int threads) => LinearJson.ToText(Run(Open(path), new LinearOptions { Threads = threads, SamplePairs = 100 }));
    }

    [Fact]
    public void Run_EveryStoredForm_GivesTheSameNumbers()
    {
        byte[] x = SourceBytes.Encode("<f2", Values(40, 6, 1)), y = SourceBytes.Encode("<f2", Values(40, 6, 2));
        string stacked = folder.Write("a.npy", SourceBytes.Npy("<f2", "(2, 40, 6)", [.. x, .. y]));
        string first = folder.Write("b.npy", SourceBytes.Npy("<f2", "(40, 6)", x)), second = folder.Write("c.npy", SourceBytes.Npy("<f2", "(40, 6)", y));
        string big = folder.Write("d.npy", SourceBytes.Npy(">f2", "(2, 40, 6)", SourceBytes.Encode(">f2", [.. Values(40, 6, 1), .. Values(40, 6, 2)])));
        (string, byte[])[] members = [("x", SourceBytes.Npy("<f2", "(40, 6)", x)), ("y", SourceBytes.Npy("<f2", "(40, 6)", y))];
        string stored = folder.Write("e.npz", SourceBytes.Npz(CompressionLevel.NoCompression, members));
        string packed = folder.Write("f.npz", SourceBytes.Npz(CompressionLevel.Optimal, members));
        string tensors = folder.Write("g.safetensors", SourceBytes.Safetensors(("x", "F16", [40, 6], x), ("y", "F16", [40, 6], y)));

        LinearResult expected = Run(Open(stacked));

        foreach (IReadOnlyList<EmbeddingStream> streams in (IReadOnlyList<EmbeddingStream>[])
            [[Open(first)[0].As(new Modality("first")), Open(second)[0].As(new Modality("second"))], Open(big), Open(stored), Open(packed), Open(tensors)])
        {
            string name = streams[0].Provenance.Source;
            LinearResult result = Run(streams);
            Assert.Equal(expected.Pairs[0].Measures["gap"].Estimate, result.Pairs[0].Measures["gap"].Estimate);
            Assert.Equal(expected.Pairs[0].Measures["matched-cosine-mean"].Estimate, result.Pairs[0].Measures["matched-cosine-mean"].Estimate);
            Assert.Equal(name == packed, result.Findings.Any(finding => finding.Id == "read-whole"));
            Assert.Equal(FingerprintOf(name), result.Inputs[0].Provenance.Fingerprint);
        }
    }

    [Fact]
    public void Run_FaultyRows_NamesThemOrLeavesThePairsOut()
    {
        float[] x = Values(300, 8, 1), y = Values(300, 8, 2);
        foreach (int row in (int[])[9, 4, 200, 201, 202, 203, 204])
            y.AsSpan(row * 8, 8).Clear();
        y[250 * 8] = float.NaN;
        x[299 * 8 + 7] = float.PositiveInfinity;
        string path = folder.Write("x.npy", SourceBytes.Npy("<f4", "(2, 300, 8)", [.. SourceBytes.Floats(x), .. SourceBytes.Floats(y)]));

        EmbeddingDataException first = Assert.Throws<EmbeddingDataException>(() => Run(Open(path)));
        Assert.Equal("row 299 holds an infinite value.", first.Fault);
        Assert.Equal(Assert.Throws<EmbeddingDataException>(() => GapAnalysis.Run(Reading.All(path))).Message, first.Message);
        LinearResult skipped = Run(Open(path), new LinearOptions { SkipInvalid = true });
        Assert.Equal((291, 9), (skipped.Pairs[0].Items, skipped.Inputs[1].SkippedRows));
        Assert.Contains(skipped.Findings, finding => finding.Id == "skipped-items" && finding.Message.StartsWith("9 items", StringComparison.Ordinal));
        x[299 * 8 + 7] = 1;
        path = folder.Write("y.npy", SourceBytes.Npy("<f4", "(2, 300, 8)", [.. SourceBytes.Floats(x), .. SourceBytes.Floats(y)]));
        Assert.Equal(
            "row 250 holds NaN; rows 4, 9, 200, 201, 202 and 2 more hold only zeros.",
            Assert.Throws<EmbeddingDataException>(() => Run(Open(path))).Fault);
    }

    [Fact]
    public void Run_InputsThatDoNotFit_SaysHow()
    {
        string five = folder.Write("five.npy", SourceBytes.Npy("<f4", "(5, 4)", SourceBytes.Floats(Values(5, 4, 1))));
        string four = folder.Write("four.npy", SourceBytes.Npy("<f4", "(4, 4)", SourceBytes.Floats(Values(4, 4, 2))));
        string narrow = folder.Write("narrow.npy", SourceBytes.Npy("<f4", "(5, 3)", SourceBytes.Floats(Values(5, 3, 2))));
        string copy = folder.Write("copy.npy", File.ReadAllBytes(five));
        string zeros = folder.Write("zeros.npy", SourceBytes.Npy("<f4", "(5, 4)", new byte[80]));

        Refuses("it has 4 rows, ", five, four);
        Refuses("its rows have 3 dimensions, ", five, narrow);
        Refuses("it is a copy of ", five, copy);
        Refuses("rows 0, 1, 2, 3, 4 hold only zeros.", five, zeros);

        void Refuses(string fault, params string[] paths)
        {
            EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => Run(Two(paths)));
            Assert.StartsWith(fault, refused.Fault, StringComparison.Ordinal);
            Assert.Equal(paths[1], refused.Origin);
        }
    }

    [Fact]
    public void Run_IdsInAnotherOrder_IsRefused()
    {
        EmbeddingSet first = new(Modality.Image, Values(3, 4, 1), 4, names: new RowNames { Ids = ["a", "b", "c"] });
        EmbeddingSet second = new(Modality.Text, Values(3, 4, 2), 4, names: new RowNames { Ids = ["b", "a", "c"] });
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => Run([EmbeddingStream.Of(first), EmbeddingStream.Of(second)]));
        Assert.Contains("pairs by id", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal(3, Run([EmbeddingStream.Of(first), EmbeddingStream.Of(second.WithIds(["a", "b", "c"]))]).Pairs[0].Items);
    }

    [Fact]
    public void Run_FileThatBecomesShorter_IsRefused()
    {
        string path = HalfStack(2, 4000, 16);
        IReadOnlyList<EmbeddingStream> streams = Open(path);
        using (FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(200_000);
        Assert.Contains("became shorter", Assert.Throws<EmbeddingDataException>(() => Run(streams)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        IReadOnlyList<EmbeddingStream> streams = Open(HalfStack(2, 4000, 16));
        Assert.Throws<OperationCanceledException>(() => LinearAnalysis.Run(streams, cancellation: source.Token));
        streams[0].Dispose();
        streams[1].Dispose();
    }

    [Fact]
    public void Run_SameRowsOrShuffledOnes_IsNoticed()
    {
        PairedEmbeddings pairs = Rows.Cones(400, 16, 5);
        int[] order = new RandomStream(1).NextPermutation(400);
        Assert.Equal("same-rows", Assert.Single(Run([Stream(pairs.First), Stream(pairs.First).As(Modality.Text)]).Pairs[0].Findings).Id);
        Assert.Equal("shuffled-pairing", Assert.Single(Run([Stream(pairs.First), Stream(pairs.Second.Select(order))]).Pairs[0].Findings).Id);
        Assert.Empty(Run([Stream(pairs.First), Stream(pairs.Second)]).Pairs[0].Findings);
    }

    private static void SameNumbers(
        Dictionary<string, Measurement> expected, IReadOnlyDictionary<string, Measurement> actual, Tolerance tolerance)
    {
        Assert.True(actual.Count >= 11, $"Only {actual.Count} numbers.");
        foreach ((string key, Measurement measurement) in actual)
        {
            Assert.Equal(expected[key].Missing, measurement.Missing);
            if (expected[key].Estimate is not { } value)
                continue;
            // Near 0 a root magnifies the rounding of rows: its square is what is exact.
            Tolerance near = value.Value < 1e-2 ? new Tolerance(0, 2e-4) : tolerance;
            near.Check(value.Value, measurement.Estimate!.Value, key);
            Assert.Equal((value.Method, value.Count), (measurement.Estimate.Method, measurement.Estimate.Count));
            Assert.Equal(value.Low is null, measurement.Estimate.Low is null);
            if (value.Low is null)
                continue;
            new Tolerance(1e-4, 2e-4).Check(value.Low.Value, measurement.Estimate.Low!.Value, key + " low");
            new Tolerance(1e-4, 2e-4).Check(value.High!.Value, measurement.Estimate.High!.Value, key + " high");
        }
    }

    private static LinearResult Run(IReadOnlyList<EmbeddingStream> streams, LinearOptions? options = null)
    {
        try
        {
            return LinearAnalysis.Run(streams, options, cancellation: TestContext.Current.CancellationToken);
        }
        finally
        {
            foreach (EmbeddingStream stream in streams)
                stream.Dispose();
        }
    }

    private static EmbeddingStream Stream(UnitEmbeddings rows) => EmbeddingStream.Of(Set(rows));

    private static EmbeddingSet Set(UnitEmbeddings rows) => new(rows.Modality, rows.Values, rows.Dimensions);

    private static IReadOnlyList<EmbeddingStream> Open(string path) =>
        EmbeddingStream.Open(path, cancellation: TestContext.Current.CancellationToken);

    private static EmbeddingStream[] Two(string[] paths) => [Open(paths[0])[0].As(Modality.Image), Open(paths[1])[0].As(Modality.Text)];

    private static Fingerprint FingerprintOf(string path) => Reading.All(path)[0].Provenance.Fingerprint;

    private static float[] Values(int rows, int dimensions, int seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, rows * dimensions).Select(i => (float)random.NextNearlyNormal() + (i % dimensions == seed % dimensions ? 2 : 0))];
    }

    private string HalfStack(int modalities, int rows, int dimensions) => folder.Write("half.npy", SourceBytes.Npy(
        "<f2", $"({modalities}, {rows}, {dimensions})", SourceBytes.Encode("<f2", [.. Enumerable.Range(1, modalities).SelectMany(m => Values(rows, dimensions, m))])));
}
