using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Formats;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Pixels;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Sources;
using ModalityGap.Testing;
using ParquetSharp;

namespace ModalityGap.Lab.Tests.Clip;

public sealed class EmbeddingRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ClipEncoder encoder;

    public EmbeddingRunTests() => encoder = ClipEncoder.Open(SmallClipFolder.WriteModel(folder));

    public void Dispose()
    {
        encoder.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Run_PicturesAndTexts_WritesTheModelsRowsInOrder()
    {
        SmallClipFolder.WritePictures(folder, 7);
        File.WriteAllLines(folder["texts.txt"], ["the cat", "the dog", "", "cats &amp; dogs"]);

        EmbeddingSummary summary = EmbeddingRun.Run(encoder, Request() with { Texts = folder["texts.txt"], Batch = 2, ShardItems = 5 });

        Assert.Equal((7, 4, 24, 0, 0, false), (summary.Images, summary.Texts, summary.Dimensions, summary.Truncated, summary.Resumed, summary.ArePairs));
        Assert.Empty(summary.LeftOut);
        Assert.Equal(["images.jsonl", "images.npy", "texts.jsonl", "texts.npy"], Names("out"));
        EmbeddingSet images = EmbeddingFile.Read(folder["out/images.npy"])[0], texts = EmbeddingFile.Read(folder["out/texts.npy"])[0];
        for (int i = 0; i < 7; i++)
        {
            float[] alone = encoder.EncodeImages([ClipPreprocessing.Read(File.ReadAllBytes(folder[$"pictures/p{i:00}.png"]), encoder.Pixels, out _)!]);
            Assert.Equal(alone, images.Row(i).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        }
        Assert.Equal(encoder.EncodeTexts(["cats &amp; dogs"]).Rows, texts.Row(3).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal([.. Enumerable.Range(0, 7).Select(i => $"p{i:00}.png")], Lines("out/images.jsonl", "id"));
        Assert.Equal(["the cat", "the dog", "", "cats &amp; dogs"], Lines("out/texts.jsonl", "caption"));
    }

    [Fact]
    public void Run_BrokenPicturesOfPairs_TakeTheirTextsWithThem()
    {
        SmallClipFolder.WritePictures(folder, 5);
        File.WriteAllText(folder["pictures/p01.png"], "no picture");
        File.WriteAllBytes(folder["pictures/p03.png"], []);
        File.WriteAllLines(folder["texts.txt"], ["zero", "one", "two", "three", string.Concat(Enumerable.Repeat("four ", 20))]);

        EmbeddingSummary summary = EmbeddingRun.Run(encoder, Request() with { Texts = folder["texts.txt"], ShardItems = 2 });

        Assert.Equal((3, 3, 1, true), (summary.Images, summary.Texts, summary.Truncated, summary.ArePairs));
        Assert.Equal(["p01.png is no PNG, JPEG, WebP, GIF or BMP", "p03.png is empty"], summary.LeftOut);
        Assert.Equal(["p00.png", "p02.png", "p04.png"], Lines("out/texts.jsonl", "id"));
        Assert.Equal(["p01.png", "p03.png"], Lines("out/left-out.jsonl", "id"));
        EmbeddingSet texts = EmbeddingFile.Read(folder["out/texts.npy"])[0];
        Assert.Equal(encoder.EncodeTexts(["two"]).Rows, texts.Row(1).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(3, EmbeddingFile.Read(folder["out/images.npy"])[0].Rows);
    }

    [Theory]
    [InlineData(EmbeddingLayout.Npy)]
    [InlineData(EmbeddingLayout.ClipRetrieval)]
    public void Run_StoppedAndStartedAgain_GivesTheBytesOfOneRun(EmbeddingLayout layout)
    {
        SmallClipFolder.WritePictures(folder, 9);
        EmbeddingRequest request = Request() with { Batch = 2, ShardItems = 3, Layout = layout, Type = WrittenType.Float16 };
        EmbeddingRun.Run(encoder, request with { Folder = folder["whole"] });
        using var stop = new CancellationTokenSource();

        // Within the second shard.
        Assert.Throws<OperationCanceledException>(() => EmbeddingRun.Run(encoder, request, now => Stop(now, stop), stop.Token));
        Assert.Equal([".shards"], Names("out"));
        Assert.Throws<EmbeddingDataException>(() => EmbeddingRun.Run(encoder, request with { Batch = 3 }));
        EmbeddingSummary summary = EmbeddingRun.Run(encoder, request);

        Assert.Equal((9, 3), (summary.Images, summary.Resumed));
        string[] files = [.. Directory.EnumerateFiles(folder["whole"], "*.npy", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder["whole"], file))];
        Assert.Equal(layout == EmbeddingLayout.Npy ? 1 : 3, files.Length);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(folder["whole"], file)), File.ReadAllBytes(Path.Combine(folder["out"], file))));

        static void Stop(AnalysisProgress now, CancellationTokenSource stop)
        {
            if (now.Fraction > 0.5)
                stop.Cancel();
        }
    }

    [Fact]
    public void Run_ClipRetrieval_HasItsFoldersUnitRowsAndTables()
    {
        SmallClipFolder.WritePictures(folder, 4);
        File.WriteAllLines(folder["texts.txt"], ["a", "b", "c", "d"]);

        EmbeddingRun.Run(encoder, Request() with { Texts = folder["texts.txt"], Layout = EmbeddingLayout.ClipRetrieval, ShardItems = 3 });

        Assert.Equal(["img_emb", "metadata", "text_emb"], Names("out"));
        foreach (string name in (string[])["img_emb/img_emb", "text_emb/text_emb"])
        {
            UnitEmbeddings first = UnitEmbeddings.Normalize(EmbeddingFile.Read(folder[$"out/{name}_0.npy"])[0]);
            Assert.All(first.OriginalNorms, norm => Assert.Equal(1, norm, 1e-6));
            Assert.Equal((3, 1), (first.Rows, EmbeddingFile.Read(folder[$"out/{name}_1.npy"])[0].Rows));
        }
        using var table = new ParquetFileReader(folder["out/metadata/metadata_0.parquet"]);
        using RowGroupReader rows = table.RowGroup(0);
        Assert.Equal(["p00.png", "p01.png", "p02.png"], rows.Column(0).LogicalReader<string>().ReadAll(3));
        Assert.Equal(["a", "b", "c"], rows.Column(1).LogicalReader<string>().ReadAll(3));
    }

    [Fact]
    public void Run_Parquet_ReadsBackWithIdsAndCaptions()
    {
        SmallClipFolder.WritePictures(folder, 3);
        File.WriteAllLines(folder["texts.jsonl"], ["{\"caption\": \"the cat\"}", "{\"text\": \"the dog\"}"]);

        EmbeddingRun.Run(encoder, Request() with { Texts = folder["texts.jsonl"], Layout = EmbeddingLayout.Parquet });

        EmbeddingSet texts = EmbeddingFile.Read(folder["out/texts.parquet"], new ReadOptions { Formats = AllFormats.List })[0];
        Assert.Equal(["the cat", "the dog"], texts.Captions);
        Assert.Equal(encoder.EncodeTexts(["the cat", "the dog"]).Rows, (float[])[.. texts.Row(0), .. texts.Row(1)]);
        EmbeddingSet images = EmbeddingFile.Read(folder["out/images.parquet"], new ReadOptions { Formats = AllFormats.List })[0];
        Assert.Equal(["p00.png", "p01.png", "p02.png"], images.Ids);
    }

    [Fact]
    public void Run_ListOfPaths_KeepsItsOrderAndTellsWhatIsMissing()
    {
        SmallClipFolder.WritePictures(folder, 3);
        File.WriteAllLines(folder["list.txt"], ["pictures/p02.png", "nowhere.png", "pictures/p00.png"]);

        EmbeddingSummary summary = EmbeddingRun.Run(encoder, Request() with { Images = folder["list.txt"] });

        Assert.Equal(["nowhere.png is missing"], summary.LeftOut);
        Assert.Equal(["pictures/p02.png", "pictures/p00.png"], Lines("out/images.jsonl", "id"));
    }

    [Theory]
    [InlineData("empty", "holds no pictures")]
    [InlineData("nowhere", "no such pictures")]
    [InlineData("blank.txt", "lists no pictures")]
    [InlineData("broken", "none of its pictures can be used: a.png is no PNG")]
    public void Run_NoPictures_SaysSo(string images, string told)
    {
        Directory.CreateDirectory(folder["empty"]);
        Directory.CreateDirectory(folder["broken"]);
        File.WriteAllText(folder["broken/a.png"], "no picture");
        File.WriteAllText(folder["blank.txt"], "\n\n");

        var fault = Assert.Throws<EmbeddingDataException>(() => EmbeddingRun.Run(encoder, Request() with { Images = folder[images] }));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.txt", null, "no such file")]
    [InlineData("empty.txt", "", "holds no texts")]
    [InlineData("latin.txt", "caf\u00e9", "not text in UTF-8")]
    [InlineData("odd.jsonl", "{\"caption\": 3}", "line 1 is no object with caption or text")]
    [InlineData("model", null, "is a folder")]
    public void Run_NoTexts_SaysSo(string texts, string? content, string told)
    {
        if (content is not null)
            File.WriteAllText(folder[texts], content, System.Text.Encoding.Latin1);

        var fault = Assert.Throws<EmbeddingDataException>(
            () => EmbeddingRun.Run(encoder, Request() with { Images = null, Texts = folder[texts] }));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PicturesRepairedAfterARefusal_AreReadAnew()
    {
        Directory.CreateDirectory(folder["pictures"]);
        File.WriteAllText(folder["pictures/p00.png"], "no picture");
        Assert.Throws<EmbeddingDataException>(() => EmbeddingRun.Run(encoder, Request()));

        SmallClipFolder.WritePictures(folder, 1);

        Assert.Equal(1, EmbeddingRun.Run(encoder, Request()).Images);
    }

    [Fact]
    public void Open_ConfigurationOfPreprocessing_IsUsed()
    {
        Assert.Equal([0.5f, 0.5f, 0.5f], encoder.Pixels.Mean);
        Assert.Equal(32, encoder.Pixels.Side);
        File.WriteAllText(folder["model/preprocessor_config.json"], """{"image_mean": [0.1, 0.2, 0.3], "image_std": [1, 1, 1]}""");
        using var other = ClipEncoder.Open(folder["model"]);
        Assert.Equal([0.1f, 0.2f, 0.3f], other.Pixels.Mean);
    }

    private EmbeddingRequest Request() => new() { Images = folder["pictures"], Folder = folder["out"] };

    private string[] Names(string path) => [.. Directory.EnumerateFileSystemEntries(folder[path]).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private string[] Lines(string path, string key) =>
        [.. File.ReadLines(folder[path]).Select(line => JsonDocument.Parse(line).RootElement.GetProperty(key).GetString()!)];
}
