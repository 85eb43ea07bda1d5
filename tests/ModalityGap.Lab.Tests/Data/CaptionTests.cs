using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Lab.Tests.Data;

public sealed class CaptionTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("captions.txt", "image,caption\na.png,A cat\na.png,\"A cat, asleep\"\nb.png,A dog\n")]
    [InlineData("captions.txt", "a.png#0\tA cat\na.png#1\tA cat, asleep\nb.png#0\tA dog\n")]
    [InlineData("captions.csv", "id;file_name;caption\n1;a.png;A cat\n2;a.png;A cat, asleep\n3;b.png;A dog\n")]
    [InlineData("results.csv", "image_name| comment_number| comment\na.png| 0| A cat\na.png| 1| A  cat, asleep \nb.png| 0| A dog\n")]
    [InlineData("captions.tsv", "caption\tfile\nA cat\ta.png\nA cat, asleep\ta.png\nA dog\tb.png\n\n")]
    [InlineData("metadata.jsonl", "{\"file_name\": \"a.png\", \"text\": [\"A cat\", \"A cat,\\nasleep\"]}\n\n{\"image\": \"b.png\", \"caption\": \"A dog\"}\n")]
    public void Open_FolderWithTable_ReadsEveryCaption(string name, string table)
    {
        Pictures("a.png", "b.png");
        folder.Write(name, table);

        OpenedData data = DataSource.Open(folder.Path, Small);

        Assert.Equal(["a.png", "b.png"], data.Set.Items.Select(item => item.Id));
        Assert.Equal(["A cat", "A cat, asleep"], data.Set.Items[0].Texts);
        Assert.Equal("A dog", data.Set.Items[1].Texts[0]);
        Assert.Empty(data.Findings);
        Assert.Equal(data.Set.Fingerprint, DataSource.Open(folder[name], Small).Set.Fingerprint);
    }

    [Fact]
    public void Open_CaptionsWithCommasAndNoQuotes_AreKeptWhole()
    {
        Pictures("a.png");
        folder.Write("captions.txt", "image,caption\na.png,A cat, a dog, and a bird\n");

        Assert.Equal(["A cat, a dog, and a bird"], DataSource.Open(folder.Path, Small).Set.Items[0].Texts);
    }

    [Theory]
    [InlineData("captions.tsv", "a.png\tA \"big\" cat\n")]
    [InlineData("captions.csv", "a.png,\"A \"\"big\"\" cat\"\n")]
    public void Open_QuotesInCaptions_AreThoseThatTheFormMeans(string name, string table)
    {
        Pictures("a.png");
        folder.Write(name, table);

        Assert.Equal(["A \"big\" cat"], DataSource.Open(folder.Path, Small).Set.Items[0].Texts);
    }

    [Fact]
    public void Open_TextBesideEachPicture_TakesLinesAsCaptionsAndFoldersAsGroups()
    {
        Pictures("cats/b.png", "dogs/a.jpg", "c.webp", "d.png");
        folder.Write("cats/b.txt", "A cat\r\n\r\nA black cat\r\n");
        folder.Write("dogs/a.txt", "A dog");
        folder.Write("c.txt", "Something");

        OpenedData data = DataSource.Open(folder.Path, Small);

        Assert.Equal(["c.webp", "cats/b.png", "dogs/a.jpg"], data.Set.Items.Select(item => item.Id));
        Assert.Equal([null, "cats", "dogs"], data.Set.Items.Select(item => item.Group));
        Assert.Equal(["A cat", "A black cat"], data.Set.Items[1].Texts);
        Finding finding = Assert.Single(data.Findings);
        Assert.Equal("pictures-without-caption", finding.Id);
        Assert.Contains("d.png", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BadPicturesAndCaptions_AreLeftOutCountedAndNamed()
    {
        Pictures([.. Enumerable.Range(0, 8).Select(i => $"{i}.png")]);
        folder.Write("torn.png", TestPicture.Encode(20, 20, TestPicture.Noise)[..200]);
        folder.Write("text.png", "no picture");
        string lines = string.Concat(Enumerable.Range(0, 8).Select(i => $"{i}.png\tcaption {i}\n"));
        folder.Write("captions.tsv", lines + "torn.png\ta\ntext.png\tb\ngone.png\tc\n../gone.png\td\n0.png\t \n");

        OpenedData data = DataSource.Open(folder.Path, Small with { MostBroken = 0.5 });

        Assert.Equal(8, data.Set.Items.Count);
        Assert.Equal(["missing-pictures", "broken-pictures", "empty-captions"], data.Findings.Select(finding => finding.Id));
        Assert.Contains("pictures that captions name and that are not there (2): gone.png, ../gone.png", data.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("torn.png is cut off, text.png is no PNG", data.Findings[1].Message, StringComparison.Ordinal);
        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => DataSource.Open(folder.Path, Small));
        Assert.Contains("33.3 % of the pictures are missing or broken", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--max-broken", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TableThatNamesAFileOutsideItsFolder_DoesNotReadIt()
    {
        using var other = new DataFolder();
        string outside = other.Write("secret.png", TestPicture.Plain(8, 8, SKColors.Red));
        folder.Write("captions.tsv", $"{outside}\ta\n../{Path.GetFileName(other.Path)}/secret.png\tb\n");

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => DataSource.Open(folder.Path, Small));

        Assert.Contains("no picture with a caption is left", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("captions.csv", "a.png\n", "1 fields")]
    [InlineData("captions.csv", "", "it holds no captions")]
    [InlineData("captions.jsonl", "{\"file\": \"a.png\"", "line 1 cannot be used")]
    [InlineData("captions.jsonl", "{\"caption\": \"a\"}", "it names no file")]
    [InlineData("captions.tsv", "a.png\t\n", "no picture with a caption is left")]
    [InlineData("notes.md", "x", "it holds no captions. Put captions.txt")]
    public void Open_BadTable_NamesFileFaultAndWayOut(string name, string table, string fault)
    {
        Pictures("a.png");
        folder.Write(name, table);

        EmbeddingDataException thrown = Assert.Throws<EmbeddingDataException>(() => DataSource.Open(folder.Path, Small));

        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder.Path, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MoreThanFitsIntoMemory_IsRefusedBeforehand()
    {
        folder.Write("captions.tsv", string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i}.png\tcaption {i}\n")));

        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(
            () => DataSource.Open(folder.Path, new DataOptions { Side = 512, Memory = 900_000_000 }));

        Assert.Contains("1,000 pictures of 512 x 512 take 786 MB of memory, and this process may use 900 MB", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--side", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Nothing_SaysWhatIsKnown() => Assert.Contains(
        "emoji, emoji-tones, shapes",
        Assert.Throws<EmbeddingDataException>(() => DataSource.Open("emojis")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Open_Cancelled_Stops()
    {
        Pictures("a.png");
        folder.Write("captions.tsv", "a.png\tA cat\n");

        Assert.ThrowsAny<OperationCanceledException>(() => DataSource.Open(folder.Path, Small, null, new CancellationToken(true)));
    }

    private static DataOptions Small => new() { Side = 8 };

    private void Pictures(params string[] names)
    {
        foreach (string name in names)
            folder.Write(name, TestPicture.Encode(12, 9, TestPicture.Noise, Path.GetExtension(name) switch
            {
                ".jpg" => SKEncodedImageFormat.Jpeg,
                ".webp" => SKEncodedImageFormat.Webp,
                _ => SKEncodedImageFormat.Png,
            }));
    }
}
