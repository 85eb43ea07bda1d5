using ModalityGap.Cli.Pictures;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Report;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Cli.Tests;

/// <summary>Which picture and which caption belong to which row.</summary>
public sealed class RowPictureTests : IDisposable
{
    private static readonly SKColor[] Colours = [SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.Yellow, SKColors.Black, SKColors.Magenta, SKColors.Cyan];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Match_RowsInAnyOrderWithSomeLeftOut_KeepsPictureAndCaptionBesideTheirRow()
    {
        // Images 0 to 39 and texts in reverse; image 5 has no text, text 7 no image, and the row of image 11 is zero.
        EmbeddingSet images = Set(Modality.Image, [.. Enumerable.Range(0, 40).Where(i => i != 7)], zero: 11);
        EmbeddingSet texts = Set(Modality.Text, [.. Enumerable.Range(0, 40).Where(i => i != 5).Reverse()]);
        File.WriteAllLines(folder["captions.jsonl"], Enumerable.Range(0, 40).Select(i => $$"""{"id": "item {{i}}", "caption": "what {{i}} shows"}"""));
        for (int i = 0; i < 40; i++)
            Picture($"item {i}.png", Colours[i % 7]);
        var options = new AnalysisOptions { SkipInvalid = true, MapFacts = true };
        CaptionRows captions = CaptionRows.Of(CaptionFile.Read(folder["captions.jsonl"]), [images, texts], options, null);
        RowFiles files = RowFiles.Match(PictureFolder.Open(folder.Path), [images, texts], captions, null);

        AnalysisResult result = GapAnalysis.Run(captions.Named(), options);
        ReportExtras extras = new PackedPictures(files, 2, (_, _) => { }, default).For(result, new ReportExtras { Findings = [.. captions.Findings()] });

        PairResult pair = result.Pairs[0];
        Assert.Equal(37, pair.Map.Pairs.Count);
        IReadOnlyList<int> rows = ShownRows.Of(result, "image").Map;
        for (int k = 0; k < rows.Count; k++)
        {
            int item = int.Parse(images.Ids![rows[k]][5..]);
            Assert.Equal($"what {item} shows", pair.Map.FirstNames![k]);
            Assert.Equal($"what {item} shows", pair.Map.SecondNames![k]);
            AssertNear(Colours[item % 7], Colour(extras.Pictures!.Map, rows[k]));
        }
        foreach (Explanations.MatchExample match in pair.Examples!.Searches[0].Worst)
        {
            int item = int.Parse(images.Ids![match.Query.Row][5..]);
            Assert.Equal($"what {item} shows", match.Query.Caption);
            AssertNear(Colours[item % 7], Colour(extras.Pictures!.Examples, match.Query.Row));
        }
        Assert.DoesNotContain(extras.Findings, finding => finding.Severity == FindingSeverity.Warning);
    }

    [Fact]
    public void Captions_OfSeveralTextsAnItem_GoToTheirTextAndTheFirstToTheImage()
    {
        CaptionRows rows = Captions([Plain(Modality.Image, 3), Plain(Modality.Text, 6)], ["a", "b", "c", "d", "e", "f"], new AnalysisOptions { TextsPerItem = 2 });

        Assert.Equal(["a", "c", "e"], rows.Named()[0].Captions);
        Assert.Equal(["a", "b", "c", "d", "e", "f"], rows.Named()[1].Captions);
    }

    [Fact]
    public void Captions_OfTheItems_GoToTheImagesAlone()
    {
        CaptionRows rows = Captions([Plain(Modality.Image, 3), Plain(Modality.Text, 6)], ["a", "", "c"], new AnalysisOptions { TextsPerItem = 2 });

        Assert.Equal(["a", "", "c"], rows.Named()[0].Captions);
        Assert.Null(rows.Named()[1].Captions);
        Assert.Equal("1 of 3 rows of image have no caption in " + folder["captions.txt"] + ".", Assert.Single(rows.Findings()).Message);
    }

    [Fact]
    public void Captions_OfAnotherNumber_NameAllNumbers()
    {
        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => Captions([Plain(Modality.Image, 3), Plain(Modality.Text, 6)], ["a", "b"]));

        Assert.Equal("it has 2 lines; image has 3 rows, text has 6 rows.", fault.Fault);
        fault = Assert.Throws<EmbeddingDataException>(() => Captions([Plain(Modality.Image, 3), Plain(Modality.Text, 6)], ["a", "b", "c"], owner: "text"));
        Assert.Equal("it has 3 lines, text 6 rows.", fault.Fault);
        Assert.Throws<UsageException>(() => Captions([Plain(Modality.Image, 3), Plain(Modality.Text, 6)], ["a", "b", "c"], owner: "txt"));
    }

    [Fact]
    public void Captions_WhereTwoOrdersFit_AskWhoseTheyAre()
    {
        EmbeddingSet[] sets = [Set(Modality.Image, [0, 1, 2]), Set(Modality.Text, [2, 1, 0])];

        Assert.Contains("--captions-of text", Assert.Throws<EmbeddingDataException>(() => Captions(sets, ["a", "b", "c"])).Remedy, StringComparison.Ordinal);
        CaptionRows rows = Captions(sets, ["a", "b", "c"], owner: "text");
        Assert.Equal(["c", "b", "a"], rows.Named()[0].Captions);
        Assert.Equal(["a", "b", "c"], rows.Named()[1].Captions);
        rows = Captions(sets, ["a", "b", "c"], new AnalysisOptions { PairedBy = PairingRule.Row });
        Assert.Equal(["a", "b", "c"], rows.Named()[0].Captions);
    }

    [Fact]
    public void Captions_WithIds_GoToTheRowsOfThoseIdsInTurn()
    {
        EmbeddingSet[] sets = [Set(Modality.Image, [1, 0, 2]), Set(Modality.Text, [0, 0, 1, 1, 2])];
        File.WriteAllLines(folder["captions.jsonl"],
        [
            """{"id": "item 0", "text": "first of 0"}""", """{"id": "item 0", "text": "second of 0"}""", """{"id": "item 1", "text": "only of 1"}""",
        ]);
        CaptionRows rows = CaptionRows.Of(CaptionFile.Read(folder["captions.jsonl"]), sets, new AnalysisOptions(), null);

        Assert.Equal(["only of 1", "first of 0", ""], rows.Named()[0].Captions);
        Assert.Equal(["first of 0", "second of 0", "only of 1", "only of 1", ""], rows.Named()[1].Captions);
    }

    [Theory]
    [InlineData("{\"tags\": [1]}", "its first object has none of caption, text")]
    [InlineData("{\"caption\": \"a\"}\n{\"text\": \"b\"}", "line 2 has no text \"caption\".")]
    [InlineData("{\"caption\": \"a\"}\n{\"caption\"", "line 2 is not one whole JSON object.")]
    [InlineData("\n\n", "it is empty.")]
    public void CaptionFile_Damaged_SaysWhere(string content, string fault)
    {
        File.WriteAllText(folder["captions.jsonl"], content);

        Assert.StartsWith(fault, Assert.Throws<EmbeddingDataException>(() => CaptionFile.Read(folder["captions.jsonl"])).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_NamedByCaptions_AreFoundBelowTheFolder()
    {
        Directory.CreateDirectory(folder["pictures/train"]);
        foreach (string name in (string[])["pictures/train/b.png", "pictures/a.png", "pictures/c.png"])
            Picture(name, SKColors.Red);
        File.WriteAllLines(folder["captions.jsonl"],
        [
            """{"caption": "x", "image": "data/train/b.png"}""", """{"caption": "y", "image": "./a.png"}""", """{"caption": "z", "file_name": "absent.png"}""",
        ]);
        EmbeddingSet[] sets = [Plain(Modality.Image, 3), Plain(Modality.Text, 3)];
        CaptionRows rows = CaptionRows.Of(CaptionFile.Read(folder["captions.jsonl"]), sets, new AnalysisOptions(), null);

        RowFiles files = RowFiles.Match(PictureFolder.Open(folder["pictures"]), sets, rows, null);

        Assert.Equal(["train/b.png", "a.png", null], files.Files);
        Assert.StartsWith("1 of 3 rows of image have no picture in ", Assert.Single(files.Findings()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_AsManyAsRows_AreTakenInTheOrderOfTheirNames()
    {
        foreach (string name in (string[])["10.png", "02.JPG", "01.png"])
            Picture(name, SKColors.Red);
        File.WriteAllText(folder["note.txt"], "no picture");

        RowFiles files = RowFiles.Match(PictureFolder.Open(folder.Path), [Plain(Modality.Image, 3), Plain(Modality.Text, 3)], null, null);

        Assert.Equal(["01.png", "02.JPG", "10.png"], files.Files);
        Assert.EndsWith("01.png is row 0, 10.png row 2.", Assert.Single(files.Findings()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_InAnOrderThatIsNotClear_AreRefused()
    {
        foreach (string name in (string[])["10.png", "2.png", "1.png"])
            Picture(name, SKColors.Red);

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(
            () => RowFiles.Match(PictureFolder.Open(folder.Path), [Plain(Modality.Image, 3), Plain(Modality.Text, 3)], null, null));

        Assert.Contains("by letters 10.png comes at place 2, by numbers 2.png", fault.Fault, StringComparison.Ordinal);
        Assert.Contains("leading zeros", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_OfAnotherNumber_NameBothNumbers()
    {
        Picture("1.png", SKColors.Red);

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(
            () => RowFiles.Match(PictureFolder.Open(folder.Path), [Set(Modality.Image, [0, 1, 2]), Plain(Modality.Text, 3)], null, null));

        Assert.Equal("it holds 1 pictures; image has 3 rows with ids such as \"item 0\".", fault.Fault);
    }

    [Fact]
    public void Pictures_WithOneNameTwice_AreRefused()
    {
        Directory.CreateDirectory(folder["more"]);
        Directory.CreateDirectory(folder["less"]);
        Picture("less/item 0.png", SKColors.Red);
        Picture("more/item 0.jpg", SKColors.Red);

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(
            () => RowFiles.Match(PictureFolder.Open(folder.Path), [Set(Modality.Image, [1, 0]), Plain(Modality.Text, 2)], null, null));

        Assert.Equal("\"item 0\" could be less/item 0.png or more/item 0.jpg.", fault.Fault);
    }

    [Fact]
    public void Pictures_WithoutImages_AskWhichModalityTheyShow()
    {
        Picture("a.png", SKColors.Red);
        Picture("b.png", SKColors.Red);
        EmbeddingSet[] sets = [Plain(new Modality("sketch"), 2), Plain(Modality.Text, 2)];

        Assert.Contains("--thumbnails-of sketch", Assert.Throws<EmbeddingDataException>(() => RowFiles.Match(PictureFolder.Open(folder.Path), sets, null, null)).Remedy, StringComparison.Ordinal);
        Assert.Equal("sketch", RowFiles.Match(PictureFolder.Open(folder.Path), sets, null, "sketch").Modality.Name);
    }

    private CaptionRows Captions(EmbeddingSet[] sets, string[] lines, AnalysisOptions? options = null, string? owner = null)
    {
        File.WriteAllLines(folder["captions.txt"], lines);
        return CaptionRows.Of(CaptionFile.Read(folder["captions.txt"]), sets, options ?? new AnalysisOptions(), owner);
    }

    private void Picture(string name, SKColor colour) => File.WriteAllBytes(
        folder[name], TestPicture.Plain(24, 24, colour, name.EndsWith("png", StringComparison.Ordinal) ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg));

    private static EmbeddingSet Plain(Modality modality, int rows) => new(modality, [.. Enumerable.Range(0, rows * 4).Select(i => 1f + i % 3)], 4);

    // Rows of one item are alike in both modalities, and an axis of its own keeps each modality apart.
    private static EmbeddingSet Set(Modality modality, int[] items, int? zero = null)
    {
        var values = new float[items.Length * 8];
        for (int row = 0; row < items.Length; row++)
        {
            var random = new Random(items[row]);
            for (int k = 0; k < 8; k++)
                values[row * 8 + k] = items[row] == zero ? 0 : random.NextSingle() - 0.5f + (k == (modality == Modality.Image ? 0 : 1) ? 1 : 0);
        }
        return new EmbeddingSet(modality, values, 8, names: new RowNames { Ids = [.. items.Select(item => $"item {item}")] });
    }

    private static SKColor Colour(PictureSheets sheets, int row)
    {
        int place = sheets.Places[row], within = place % sheets.PerSheet;
        PictureSheet sheet = sheets.Sheets[place / sheets.PerSheet];
        using SKBitmap pixels = SKBitmap.Decode(sheet.Bytes.ToArray());
        int cell = pixels.Width / sheet.Columns;
        return pixels.GetPixel(within % sheet.Columns * cell + cell / 2, within / sheet.Columns * cell + cell / 2);
    }

    private static void AssertNear(SKColor wanted, SKColor found) => Assert.True(
        Math.Abs(wanted.Red - found.Red) + Math.Abs(wanted.Green - found.Green) + Math.Abs(wanted.Blue - found.Blue) < 60, $"{found} where {wanted} belongs");
}
