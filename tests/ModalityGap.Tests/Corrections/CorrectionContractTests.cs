using System.Text.RegularExpressions;
using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Corrections;

/// <summary>What holds for every correction of rows, over the explicit list.</summary>
public sealed partial class CorrectionContractTests
{
    private static readonly PairedEmbeddings Pairs = Rows.Cones(170, 24, 211);

    public static TheoryData<string> Ids { get; } = [.. CorrectionCatalog.OfRows.Select(correction => correction.Info.Id), "mean-removal+whitening+procrustes"];

    [Fact]
    public void Catalogue_EveryEntry_IsComplete()
    {
        foreach (CorrectionInfo info in CorrectionCatalog.All)
        {
            Assert.Matches(KebabCase(), info.Id);
            foreach (string text in new[] { info.Name, info.Description, info.Formula, info.Deployment, info.Reference })
                Assert.True(text.Trim().Length > 2 && text == text.Trim(), $"{info.Id}: \"{text}\"");
            Assert.True(char.IsLower(info.Description[0]) && info.Description[^1] != '.', $"{info.Id}: {info.Description}");
            Assert.EndsWith(".", info.Deployment, StringComparison.Ordinal);
            Assert.All(info.Parameters, parameter => Assert.Matches(KebabCase(), parameter.Name));
            Assert.True(CorrectionCatalog.TryFind(info.Id, out CorrectionInfo? found) && found == info);
        }
        Assert.Equal(CorrectionCatalog.All.Count, CorrectionCatalog.All.Select(info => info.Id).Distinct().Count());
        Assert.False(CorrectionCatalog.TryFind("no-such-correction", out _));
    }

    [Fact]
    public void Catalogue_EveryEntry_StatesItsDefaults()
    {
        IEnumerable<(CorrectionInfo Info, IReadOnlyDictionary<string, string> Values)> entries =
            [.. CorrectionCatalog.OfRows.Select(entry => (entry.Info, entry.Parameters)), .. CorrectionCatalog.OfScores.Select(entry => (entry.Info, entry.Parameters))];
        foreach ((CorrectionInfo info, IReadOnlyDictionary<string, string> values) in entries)
            Assert.Equal(info.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (p.Name, p.Default)), values.Select(entry => (entry.Key, entry.Value)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Apply_OfEveryCorrection_GivesRowsOfNormOneAsFloat64Does(string id)
    {
        FittedCorrection fitted = Of(id).Fit(CorrectionSample.Of(Pairs));
        foreach ((UnitEmbeddings rows, int k) in new[] { (Pairs.First, 0), (Pairs.Second, 1) })
        {
            (RowRole role, RowTransform transform) = fitted.Transforms[k];
            UnitEmbeddings corrected = fitted.Apply(role, rows);
            Assert.Equal((rows.Rows, fitted.OutputDimensions, rows.Modality), (corrected.Rows, corrected.Dimensions, corrected.Modality));
            Assert.Equal(rows.OriginalNorms, corrected.OriginalNorms);
            for (int i = 0; i < rows.Rows; i++)
            {
                double[] row = Rows.Row(corrected, i);
                if (transform.Steps.Count > 0)
                    new Tolerance(0, 1e-6).Check(1, Math.Sqrt(row.Sum(value => value * value)), $"{id}, norm of row {i}");
                // A projection may leave little of a row, whose rounding then counts more.
                new Tolerance(3e-5, 1e-5).Check(SlowCorrections.Apply(transform, Rows.Row(rows, i)), row, $"{id}, row {i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fit_WithAnyNumberOfThreads_GivesTheSameBits(string id)
    {
        float[] alone = Corrected(1);
        foreach (int threads in new[] { 2, 3, 5 })
            Assert.Equal(alone, Corrected(threads));

        float[] Corrected(int threads)
        {
            var work = new WorkContext(threads);
            FittedCorrection fitted = Of(id).Fit(CorrectionSample.Of(Pairs, work));
            return
            [
                .. fitted.Apply(RowRole.Documents(Modality.Image), Pairs.First, work).Values,
                .. fitted.Apply(RowRole.Documents(Modality.Text), Pairs.Second, work).Values,
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Apply_OfOneRowAndOfABlock_GivesTheBitsOfAllRows(string id)
    {
        FittedCorrection fitted = Of(id).Fit(CorrectionSample.Of(Pairs));
        RowRole role = RowRole.Documents(Modality.Text);
        int d = Pairs.Dimensions, k = fitted.OutputDimensions;
        UnitEmbeddings all = fitted.ApplyToSecond(Pairs.Second);
        var block = new float[100 * k];
        fitted.Apply(role, Pairs.Second.Values.AsSpan(17 * d, 100 * d), block);
        Assert.Equal(all.Values[(17 * k)..(117 * k)], block);
        var one = new float[k];
        for (int i = 0; i < 170; i += 13)
        {
            fitted.Apply(role, Pairs.Second.Row(i), one);
            Assert.Equal(all.Row(i).ToArray(), one);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Apply_OfOneRow_LeavesNoGarbage(string id)
    {
        FittedCorrection fitted = Of(id).Fit(CorrectionSample.Of(Pairs));
        RowRole role = RowRole.Queries(Modality.Text);
        var one = new float[fitted.OutputDimensions];
        void Apply()
        {
            for (int i = 0; i < 100; i++)
                fitted.Apply(role, Pairs.Second.Row(i), one);
        }
        Apply();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Apply();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fit_ToPairsInAnotherOrder_LearnsTheSame(string id)
    {
        int[] order = new RandomStream(212).NextPermutation(170);
        FittedCorrection fitted = Of(id).Fit(CorrectionSample.Of(Pairs)), shuffled = Of(id).Fit(CorrectionSample.Of(Pairs.Select(order)));
        AssertAlike(fitted, shuffled, id);
        if (Of(id).Info.NeedsPairs)
            return;
        // Rows of one modality alone in another order: what needs no pairs does not see them.
        int[] other = new RandomStream(213).NextPermutation(170);
        AssertAlike(fitted, Of(id).Fit(new CorrectionSample(Pairs.First.Select(order), Pairs.Second.Select(other))), id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Save_ThenLoad_GivesTheSameBits(string id)
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "gap.json");
        FittedCorrection fitted = Of(id).Fit(CorrectionSample.Of(Pairs));
        CorrectionFile.Save(path, fitted);
        FittedCorrection loaded = CorrectionFile.Load(path);
        Assert.Equal(fitted.ApplyToFirst(Pairs.First).Values, loaded.ApplyToFirst(Pairs.First).Values);
        Assert.Equal(fitted.ApplyToSecond(Pairs.Second).Values, loaded.ApplyToSecond(Pairs.Second).Values);
        Assert.Equal((fitted.Id, fitted.Description, fitted.Origin.Pairs), (loaded.Id, loaded.Description, loaded.Origin.Pairs));
        Assert.Equal(fitted.Settings.SelectMany(setting => setting.Parameters), loaded.Settings.SelectMany(setting => setting.Parameters));
        Assert.Equal(fitted.Origin.Rows, loaded.Origin.Rows);
        Assert.Equal(["gap.json", "gap.safetensors"], Directory.EnumerateFiles(folder.Path).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fit_ToVeryFewRows_WorksOrRefuses(string id)
    {
        foreach (int n in new[] { 1, 2, 3 })
            try
            {
                PairedEmbeddings few = Rows.Cones(n, 30, 214 + n);
                FittedCorrection fitted = Of(id).Fit(CorrectionSample.Of(few));
                Assert.All(fitted.ApplyToFirst(Pairs30).Values, value => Assert.True(float.IsFinite(value)));
            }
            catch (EmbeddingDataException refused)
            {
                Assert.True(n < 3, refused.Message);
                Assert.StartsWith("memory: ", refused.Message, StringComparison.Ordinal);
            }
    }

    [Fact]
    public void Chain_OfTwo_FitsTheSecondOnWhatTheFirstGave()
    {
        CorrectionSample sample = CorrectionSample.Of(Pairs);
        FittedCorrection chain = new CorrectionChain(new MeanRemoval(), new Whitening(2)).Fit(sample);
        FittedCorrection first = new MeanRemoval().Fit(sample);
        var between = new CorrectionSample(first.ApplyToFirst(Pairs.First), first.ApplyToSecond(Pairs.Second));
        FittedCorrection second = new Whitening(2).Fit(between);
        Assert.Equal(second.ApplyToFirst(between.First).Values, chain.ApplyToFirst(Pairs.First).Values);
        Assert.Equal("mean-removal+whitening", chain.Id);
        Assert.Equal("2", chain.Settings[1].Parameters["ridge"]);
    }

    [Fact]
    public void Apply_ToRowsOfOtherDimensions_NamesThem()
    {
        FittedCorrection fitted = new MeanRemoval().Fit(CorrectionSample.Of(Pairs));
        string message = Assert.Throws<EmbeddingDataException>(() => fitted.ApplyToFirst(Pairs30)).Message;
        Assert.Contains("its rows have 30 dimensions, and the correction mean-removal takes 24", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => fitted.Apply(RowRole.Documents(Modality.Image), new float[25], new float[25]));
    }

    private static UnitEmbeddings Pairs30 { get; } = Rows.Cones(20, 30, 219).First;

    private static ICorrection Of(string id) => CorrectionCatalog.OfRows.FirstOrDefault(correction => correction.Info.Id == id)
        ?? new CorrectionChain(new MeanRemoval(), new Whitening(), new Procrustes());

    private static void AssertAlike(FittedCorrection expected, FittedCorrection actual, string id)
    {
        // Sums in another order; what is divided by small eigenvalues magnifies that.
        double[] before = Flat(expected), after = Flat(actual);
        new Tolerance(2e-5, 2e-5).Check(before, after, id);

        static double[] Flat(FittedCorrection fitted) => Array.ConvertAll(
            (float[])[.. fitted.ApplyToFirst(Pairs.First).Values, .. fitted.ApplyToSecond(Pairs.Second).Values], value => (double)value);
    }

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
