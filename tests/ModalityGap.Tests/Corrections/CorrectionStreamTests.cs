using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;
using ModalityGap.Sources;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Corrections;

/// <summary>Corrections of streams: the bits of the same rows in memory, and faulty rows.</summary>
public sealed class CorrectionStreamTests : IDisposable
{
    private const int Items = 700, Dimensions = 512;

    private static readonly PairedEmbeddings Pairs = Rows.Cones(Items, Dimensions, 411);

    private readonly ScratchFolder folder = new();

    public static TheoryData<string> OfRows => [.. CorrectionCatalog.OfRows.Select(correction => correction.Info.Id)];

    public static TheoryData<string> OfScores => [.. CorrectionCatalog.OfScores.Select(correction => correction.Info.Id)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(OfRows))]
    public void WriteNpy_EveryCorrectionOfRows_HasTheBitsOfMemory(string id)
    {
        PairedEmbeddings pairs = Rows.Cones(300, 24, 412);
        FittedCorrection fitted = CorrectionCatalog.OfRows.First(correction => correction.Info.Id == id).Fit(CorrectionSample.Of(pairs));
        EmbeddingSet raw = Scaled(pairs.Second);
        UnitEmbeddings memory = fitted.ApplyToSecond(UnitEmbeddings.Normalize(raw));

        EmbeddingSet streamed = Written(raw, fitted, RowRole.Documents(Modality.Text), new ApplyOptions { Threads = 3 });

        Assert.Equal(memory.Dimensions, streamed.Dimensions);
        Assert.Equal(memory.Values, streamed.Values);
    }

    [Theory]
    [MemberData(nameof(OfScores))]
    public void WriteNpy_EveryCorrectionOfScores_HasTheBitsOfBakedRows(string id)
    {
        FittedCorrection fitted = WithScores(id);
        EmbeddingSet raw = Scaled(Pairs.First);
        foreach (RowRole role in (RowRole[])[RowRole.Documents(Modality.Image), RowRole.Queries(Modality.Image)])
        {
            EmbeddingSet memory = fitted.Bake(role, UnitEmbeddings.Normalize(raw));

            EmbeddingSet streamed = Written(raw, fitted, role, new ApplyOptions { Baked = true });

            Assert.Equal(Dimensions + 1, streamed.Dimensions);
            Assert.Equal(memory.Values, streamed.Values);
            Assert.Equal(fitted.Apply(role, UnitEmbeddings.Normalize(raw)).Values, Written(raw, fitted, role, new ApplyOptions()).Values);
        }
    }

    [Fact]
    public void WriteNpy_AnyNumberOfThreads_GivesTheSameBytes()
    {
        FittedCorrection fitted = WithScores("csls");
        byte[] one = Bytes(EmbeddingStream.Of(Scaled(Pairs.First)), fitted, new ApplyOptions { Baked = true, Threads = 1 });

        Assert.Equal(one, Bytes(EmbeddingStream.Of(Scaled(Pairs.First)), fitted, new ApplyOptions { Baked = true, Threads = 5 }));
    }

    [Fact]
    public void WriteNpy_OfAFloat16File_RoundsOnlyAtTheEnd()
    {
        FittedCorrection fitted = new MeanRemoval().Fit(CorrectionSample.Of(Pairs));
        EmbeddingSet raw = Scaled(Pairs.First);
        string path = Path.Combine(folder.Path, "half.npy"), corrected = Path.Combine(folder.Path, "corrected.npy");
        using (FileStream file = File.Create(path))
            new NpyFormat().Write(file, [raw], new WriteOptions { Type = WrittenType.Float16 }, default);
        UnitEmbeddings memory = fitted.ApplyToFirst(UnitEmbeddings.Normalize(EmbeddingFile.Read(path)[0].As(Modality.Image)));

        using (EmbeddingStream stream = EmbeddingStream.Open(path)[0])
        using (FileStream target = File.Create(corrected))
            CorrectionStream.WriteNpy(stream, fitted, RowRole.Documents(Modality.Image), target, WrittenType.Float16);

        Assert.Equal(memory.Values.Select(value => (float)(Half)value), EmbeddingFile.Read(corrected)[0].Values);
    }

    [Fact]
    public void Read_KeepsNamesOfTheRowsThatStay()
    {
        FittedCorrection fitted = new MeanRemoval().Fit(CorrectionSample.Of(Pairs));
        EmbeddingSet faulty = WithFaults(5, 99, 350);
        var options = new ApplyOptions { SkipInvalid = true };

        EmbeddingSet read = CorrectionStream.Read(EmbeddingStream.Of(faulty), fitted, RowRole.Documents(Modality.Image), options);
        EmbeddingSet streamed = Written(faulty, fitted, RowRole.Documents(Modality.Image), options);

        Assert.Equal(Items - 3, read.Rows);
        Assert.Equal(["r4", "r6"], read.Ids!.Skip(4).Take(2));
        Assert.Equal(351, read.Names.PositionOf(348));
        Assert.Equal(read.Values, streamed.Values);
        EmbeddingSet left = Scaled(Pairs.First).Select([.. Enumerable.Range(0, Items).Where(row => row is not (5 or 99 or 350))]);
        Assert.Equal(fitted.ApplyToFirst(UnitEmbeddings.Normalize(left)).Values, read.Values);
    }

    [Fact]
    public void WriteNpy_FaultyRows_AreAllNamed()
    {
        FittedCorrection fitted = new MeanRemoval().Fit(CorrectionSample.Of(Pairs));

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() =>
            Written(WithFaults(5, 99, 350), fitted, RowRole.Documents(Modality.Image), new ApplyOptions()));

        Assert.Contains("row 99 holds NaN; rows 5, 350 hold only zeros", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteNpy_RowThatIsTheMean_IsNamedOrLeftOut()
    {
        // Three steps, the last with an offset: what the first one lost looks like a row again.
        double[] mean = [.. Enumerable.Range(0, 8).Select(k => k == 0 ? 1.0 : 0)];
        double[] offset = [.. Enumerable.Range(0, 8).Select(k => 0.1 * k)];
        var chain = new RowTransform(8, AffineStep.Centring(mean), AffineStep.Scaling(new double[8], 1, offset));
        var fitted = new FittedCorrection(
            [new CorrectionSetting("test", "test", new Dictionary<string, string>())],
            new CorrectionOrigin { Rows = [] },
            [(RowRole.Documents(Modality.Image), chain), (RowRole.Documents(Modality.Text), chain)]);
        float[] values = [.. Enumerable.Range(0, 200 * 8).Select(i => 1f + i * 37 % 11)];
        foreach (int row in (int[])[40, 170])
        {
            values.AsSpan(row * 8, 8).Clear();
            values[row * 8] = 3;
        }
        var set = new EmbeddingSet(Modality.Image, values, 8);

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => Written(set, fitted, RowRole.Documents(Modality.Image), new ApplyOptions()));
        EmbeddingSet left = Written(set, fitted, RowRole.Documents(Modality.Image), new ApplyOptions { SkipInvalid = true });

        Assert.Contains("row 40 and 1 more have no direction after the correction test", fault.Message, StringComparison.Ordinal);
        Assert.Equal(198, left.Rows);
    }

    [Fact]
    public void WriteNpy_WhatDoesNotFit_IsRefusedBeforeAnythingIsWritten()
    {
        FittedCorrection fitted = WithScores("gap-bias");
        var target = new MemoryStream();
        EmbeddingStream other = EmbeddingStream.Of(new EmbeddingSet(Modality.Image, new float[12], 6));

        Assert.Contains("6 dimensions", Assert.Throws<EmbeddingDataException>(() =>
            CorrectionStream.WriteNpy(other, fitted, RowRole.Documents(Modality.Image), target)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CorrectionStream.WriteNpy(other, fitted, RowRole.Documents(new Modality("audio")), target));
        Assert.Contains("no row is left", Assert.Throws<EmbeddingDataException>(() => CorrectionStream.WriteNpy(
            EmbeddingStream.Of(new EmbeddingSet(Modality.Image, new float[2 * Dimensions], Dimensions)),
            fitted, RowRole.Documents(Modality.Image), target, options: new ApplyOptions { SkipInvalid = true })).Message, StringComparison.Ordinal);
        Assert.Equal(0, target.Length);
    }

    [Fact]
    public void WriteNpy_Cancelled_Stops()
    {
        FittedCorrection fitted = new MeanRemoval().Fit(CorrectionSample.Of(Pairs));
        Assert.ThrowsAny<OperationCanceledException>(() => CorrectionStream.WriteNpy(
            EmbeddingStream.Of(Scaled(Pairs.First)), fitted, RowRole.Documents(Modality.Image), Stream.Null, cancellation: new CancellationToken(true)));
    }

    private static FittedCorrection WithScores(string id)
    {
        FittedCorrection rows = new MeanRemoval().Fit(CorrectionSample.Of(Pairs));
        UnitEmbeddings images = rows.ApplyToFirst(Pairs.First), texts = rows.ApplyToSecond(Pairs.Second);
        int[] matches = [.. Enumerable.Range(0, Items)];
        int[] next = [.. matches.Select(item => (item + 1) % Items)];
        return rows.With(CorrectionCatalog.OfScores.First(correction => correction.Info.Id == id).Fit(new ScoreSample(texts, images, texts, matches, next)));
    }

    // Rows as a model gives them: of many norms.
    private static EmbeddingSet Scaled(UnitEmbeddings rows) => new(
        rows.Modality,
        [.. rows.Values.Select((value, i) => value * (1 + i / rows.Dimensions % 7))],
        rows.Dimensions,
        names: new RowNames { Ids = [.. Enumerable.Range(0, rows.Rows).Select(row => $"r{row}")] });

    private static EmbeddingSet WithFaults(int zero, int notANumber, int otherZero)
    {
        EmbeddingSet set = Scaled(Pairs.First);
        foreach (int row in (int[])[zero, otherZero])
            set.Values.AsSpan(row * Dimensions, Dimensions).Clear();
        set.Values[notANumber * Dimensions + 3] = float.NaN;
        return set;
    }

    private static EmbeddingSet Written(EmbeddingSet raw, FittedCorrection fitted, RowRole role, ApplyOptions options)
    {
        var target = new MemoryStream();
        AppliedRows done = CorrectionStream.WriteNpy(EmbeddingStream.Of(raw), fitted, role, target, options: options);
        target.Position = 0;
        EmbeddingSet read = EmbeddingFile.Read(target, "corrected.npy")[0];
        Assert.Equal((read.Rows, read.Dimensions, (long)raw.Rows - read.Rows), ((int)done.Rows, done.Dimensions, done.SkippedRows));
        return read;
    }

    private static byte[] Bytes(EmbeddingStream rows, FittedCorrection fitted, ApplyOptions options)
    {
        var target = new MemoryStream();
        CorrectionStream.WriteNpy(rows, fitted, RowRole.Documents(Modality.Image), target, WrittenType.Float16, options);
        return target.ToArray();
    }
}
