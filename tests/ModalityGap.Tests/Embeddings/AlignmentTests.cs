using ModalityGap.Embeddings;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Embeddings;

public sealed class AlignmentTests
{
    [Fact]
    public void Of_SetsWithoutIds_PairsRowByRow()
    {
        Alignment alignment = Alignment.Of([Set("images.npy", 4), Set("texts.npy", 4)]);
        Assert.Equal((4, PairingRule.Row), (alignment.Items, alignment.PairedBy));
        Assert.True(alignment.Pair(0, 1).IsOneToOne);
        Assert.Empty(alignment.Findings);
        Assert.Equal([0, 0], alignment.SkippedRows);
    }

    [Fact]
    public void Of_IdsInAnotherOrder_PairsWhatBelongsTogether()
    {
        EmbeddingSet images = Set("images.npy", 5, ["a", "b", "c", "d", "e"]), texts = Set("texts.npy", 5, ["e", "c", "a", "b", "d"]);
        PairedEmbeddings pairs = Alignment.Of([images, texts]).Pair(0, 1).OneToOne();
        for (int i = 0; i < 5; i++)
            Assert.Equal(pairs.First.Ids![i], pairs.Second.Ids![i]);
        Assert.Equal(["a", "b", "c", "d", "e"], pairs.First.Ids!);
    }

    [Fact]
    public void Of_IdsThatAreMissing_LeavesThoseRowsOutAndSaysSo()
    {
        Alignment alignment = Alignment.Of([Set("images.npy", 4, ["a", "b", "c", "x"]), Set("texts.npy", 3, ["c", "y", "a"])]);
        Assert.Equal(2, alignment.Items);
        Assert.Equal([2, 1], alignment.SkippedRows);
        Assert.Equal(["rows-without-partner", "rows-without-partner"], alignment.Findings.Select(finding => finding.Id));
        Assert.Contains("2 of 4 rows of image", alignment.Findings[0].Message, StringComparison.Ordinal);
        Assert.Equal(["a", "c"], alignment.Pair(0, 1).OneToOne().Second.Ids!);
    }

    [Fact]
    public void Of_IdsThatRepeat_GivesAnItemSeveralTexts()
    {
        Alignment alignment = Alignment.Of([Set("images.npy", 2, ["a", "b"]), Set("texts.npy", 5, ["b", "a", "b", "a", "b"])]);
        PairedEmbeddings pairs = alignment.Pair(0, 1);
        Assert.Equal(2, pairs.Items);
        Assert.Equal([1, 3], pairs.RowsOfSecond[0]);
        Assert.Equal([0, 2, 4], pairs.RowsOfSecond[1]);
        Assert.Equal([1, 0, 1, 0, 1], pairs.SecondItems);
    }

    [Fact]
    public void Of_IdsWithoutACommonOne_ShowsTheFirstOfEach()
    {
        EmbeddingDataException fault = Refused([Set("images.npy", 2, ["a", "b"]), Set("texts.npy", 2, ["0", "1"])]);
        Assert.Equal("texts.npy", fault.Origin);
        Assert.Equal(
            "texts.npy: none of its ids occurs in images.npy. Its first id is \"0\", the other's \"a\": make them the same, or use --pair-by row.", fault.Message);
    }

    [Fact]
    public void Of_IdsAskedForButAbsent_SaysHowToDoWithout()
    {
        EmbeddingDataException fault = Refused([Set("images.npy", 2, ["a", "b"]), Set("texts.npy", 2)], PairingRule.Id);
        Assert.StartsWith("texts.npy: it has no ids to pair by.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--pair-by row", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RowsAskedForDespiteIds_PairsByRow()
    {
        Alignment alignment = Alignment.Of([Set("images.npy", 2, ["a", "b"]), Set("texts.npy", 2, ["b", "a"])], PairingRule.Row);
        Assert.Equal(PairingRule.Row, alignment.PairedBy);
        Assert.Equal("b", alignment.Pair(0, 1).Second.Ids![0]);
    }

    [Fact]
    public void Of_CaptionsPerItem_GivesEachItemItsRun()
    {
        PairedEmbeddings pairs = Alignment.Of([Set("images.npy", 3), Set("texts.npy", 15)], textsPerItem: 5).Pair(0, 1);
        Assert.Equal(3, pairs.Items);
        Assert.Equal([5, 6, 7, 8, 9], pairs.RowsOfSecond[1]);
    }

    [Theory]
    [InlineData(3, 15, "15 = 5 x 3: five captions per image? Use --captions-per-item 5.")]
    [InlineData(4, 8, "8 = 2 x 4: two captions per image? Use --captions-per-item 2.")]
    [InlineData(5, 40, "40 = 8 x 5: 8 captions per image? Use --captions-per-item 8.")]
    [InlineData(4, 7, "Rows are paired by position: export both from the same list, or give files with ids and use --pair-by id.")]
    public void Of_CountsThatDiffer_NamesTheWayOut(int images, int texts, string remedy)
    {
        EmbeddingDataException fault = Refused([Set("images.npy", images), Set("texts.npy", texts)]);
        Assert.Equal($"texts.npy: it has {texts} rows, images.npy {images}. {remedy}", fault.Message);
        Assert.Equal((remedy, "texts.npy"), (fault.Remedy, fault.Origin));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(7)]
    public void Of_CaptionsAnnouncedButAbsent_SaysSo(int rows)
    {
        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => Alignment.Of([Set("images.npy", rows), Set("texts.npy", rows)], textsPerItem: 5));
        Assert.Contains("5 texts per item were announced", fault.Fault, StringComparison.Ordinal);
        Assert.Contains("Leave out --captions-per-item", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DimensionsThatDiffer_NamesBoth()
    {
        EmbeddingDataException fault = Refused([Set("images.npy", 3, dimensions: 4), Set("texts.npy", 3, dimensions: 6)]);
        Assert.Equal(
            "texts.npy: its rows have 6 dimensions, those of images.npy 4. Both must come from the same model's shared space.", fault.Message);
    }

    [Fact]
    public void Of_NoRows_SaysSo()
    {
        EmbeddingDataException fault = Refused([Set("images.npy", 3), Set("texts.npy", 0)]);
        Assert.Equal("texts.npy: it holds no rows. Check that the export finished.", fault.Message);
    }

    [Theory]
    [InlineData(float.NaN, "row 2 holds NaN.")]
    [InlineData(float.PositiveInfinity, "row 2 holds an infinite value.")]
    [InlineData(0f, "row 2 holds only zeros.")]
    public void Of_AFaultyRow_NamesIt(float value, string fault)
    {
        EmbeddingSet texts = Set("texts.npy", 5);
        texts.Values.AsSpan(2 * 4, 4).Fill(value);
        EmbeddingDataException thrown = Refused([Set("images.npy", 5), texts]);
        Assert.Equal($"texts.npy: {fault} Such rows have no direction: repair the export, or leave those items out with --skip-invalid.", thrown.Message);
    }

    [Fact]
    public void Of_ManyFaultyRows_NamesTheFirstOfEveryKind()
    {
        EmbeddingSet texts = Set("texts.npy", 20);
        for (int row = 3; row < 10; row++)
            texts.Values.AsSpan(row * 4, 4).Clear();
        texts.Values[0] = float.NaN;
        texts.Values[4] = float.NegativeInfinity;
        EmbeddingDataException thrown = Refused([Set("images.npy", 20), texts]);
        Assert.Equal("row 0 holds NaN; row 1 holds an infinite value; rows 3, 4, 5, 6, 7 and 2 more hold only zeros.", thrown.Fault);
    }

    [Fact]
    public void Of_FaultyRowsToSkip_DropsTheWholeItem()
    {
        EmbeddingSet images = Set("images.npy", 5), texts = Set("texts.npy", 10);
        images.Values.AsSpan(1 * 4, 4).Clear();
        texts.Values[6 * 4] = float.NaN;
        Alignment alignment = Alignment.Of([images, texts], textsPerItem: 2, skipInvalid: true);
        PairedEmbeddings pairs = alignment.Pair(0, 1);
        // Item 1 has a faulty image, item 3 a faulty text: both are gone with all their rows.
        Assert.Equal((3, 3, 6), (alignment.Items, pairs.First.Rows, pairs.Second.Rows));
        Assert.Equal([2, 4], alignment.SkippedRows);
        Assert.Contains("2 items", alignment.Findings.Single(finding => finding.Id == "skipped-items").Message, StringComparison.Ordinal);
        int[] kept = [0, 2, 4];
        for (int item = 0; item < 3; item++)
        {
            Tolerance.StoredFloat32.Check(images.Row(kept[item])[0] / Norm(images, kept[item]), pairs.First.Row(item)[0], "image");
            Tolerance.StoredFloat32.Check(texts.Row(2 * kept[item])[0] / Norm(texts, 2 * kept[item]), pairs.Second.Row(pairs.RowsOfSecond[item][0])[0], "text");
        }
    }

    [Fact]
    public void Of_OnlyFaultyRowsToSkip_SaysThatNothingIsLeft()
    {
        EmbeddingSet texts = Set("texts.npy", 3);
        texts.Values.AsSpan().Clear();
        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => Alignment.Of([Set("images.npy", 3), texts], skipInvalid: true));
        Assert.Contains("no item is left", fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ThreeModalitiesById_KeepsWhatAllHave()
    {
        Alignment alignment = Alignment.Of(
        [
            Set("images.npy", 4, ["a", "b", "c", "d"]), Set("texts.npy", 4, ["d", "c", "b", "z"]), Set("sounds.npy", 3, ["b", "d", "q"]),
        ]);
        Assert.Equal(2, alignment.Items);
        foreach ((int first, int second) in new[] { (0, 1), (0, 2), (1, 2), (2, 0) })
        {
            PairedEmbeddings pairs = alignment.Pair(first, second).OneToOne();
            Assert.Equal(["b", "d"], pairs.First.Ids!);
            Assert.Equal(["b", "d"], pairs.Second.Ids!);
        }
    }

    [Fact]
    public void Of_OneSet_IsRefused() => Assert.Throws<ArgumentException>(() => Alignment.Of([Set("images.npy", 3)]));

    [Fact]
    public void Normalize_RowsOfAnyLength_KeepsTheirNorms()
    {
        var set = new EmbeddingSet(Modality.Image, [3, 4, 1e-20f, 0, 3e38f, 3e38f, 1e-40f, 0], 2);
        UnitEmbeddings rows = UnitEmbeddings.Normalize(set);
        Tolerance.StoredFloat32.Check(5, rows.OriginalNorms[0], "norm");
        Tolerance.StoredFloat32.Check(0.6, rows.Row(0)[0], "3 of 5");
        Tolerance.StoredFloat32.Check(1, rows.Row(1)[0], "a small row");
        Tolerance.StoredFloat32.Check(Math.Sqrt(0.5), rows.Row(2)[1], "a large row");
        Tolerance.StoredFloat32.Check(1, rows.Row(3)[0], "a subnormal row");
    }

    [Fact]
    public void Select_OfItems_KeepsTheirRowsTogether()
    {
        PairedEmbeddings pairs = Rows.Captioned(6, 4, 1, 1, 3), some = pairs.Select([5, 0, 3]);
        Assert.Equal(3, some.Items);
        Assert.Equal([3, 1, 3], some.RowsOfSecond.Select(rows => rows.Count));
        Assert.Equal(pairs.Second.Row(pairs.RowsOfSecond[3][2]).ToArray(), some.Second.Row(some.RowsOfSecond[2][2]).ToArray());
        Assert.Equal(pairs.First.Row(5).ToArray(), some.First.Row(0).ToArray());
    }

    private static EmbeddingDataException Refused(EmbeddingSet[] sets, PairingRule rule = PairingRule.Automatic) =>
        Assert.Throws<EmbeddingDataException>(() => Alignment.Of(sets, rule));

    private static double Norm(EmbeddingSet set, int row) => UnitEmbeddings.Norm(set.Row(row));

    private static EmbeddingSet Set(string file, int rows, string[]? ids = null, int dimensions = 4)
    {
        RandomStream random = new(rows + file.Length);
        float[] values = [.. Enumerable.Range(0, rows * dimensions).Select(_ => (float)random.NextNearlyNormal())];
        return new EmbeddingSet(new Modality(file[..^5]), values, dimensions, new Provenance(file, "npy", "float32", null, Fingerprint.None), new RowNames { Ids = ids });
    }
}
