using System.Text;
using ModalityGap.Cli.Samples;
using ModalityGap.Embeddings;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>The reader of the emoji sample, on small files of the same kind.</summary>
public sealed class EmojiSampleTests : IDisposable
{
    private const string Images = """
        {"id": "1f600", "caption": "grinning face", "group": "Smileys & Emotion", "subgroup": "face-smiling", "codepoints": [128512]}
        {"id": "1f408", "caption": "cat", "group": "Animals & Nature", "subgroup": "animal-mammal"}

        """;

    private const string Texts = """
        {"id": "1f600", "caption": "grinning face", "group": "Smileys & Emotion"}
        {"id": "1f600", "caption": "a face that grins 😀", "group": "Smileys & Emotion"}

        {"id": "1f408", "caption": "cat", "group": "Animals & Nature"}
        {"caption": "a cat", "id": "1f408", "group": "Animals & Nature"}
        """;

    private readonly TemporaryFolder folder = new();

    public EmojiSampleTests()
    {
        WriteHalves("images.npy", 2, 3, 1, 0.5f, -2, 0, 3, 4);
        WriteHalves("texts.npy", 4, 3, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 2, 1);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_FourFiles_GivesBothModalitiesWithTheirNames()
    {
        IReadOnlyList<EmbeddingSet> sample = Read(Images, Texts);

        Assert.Equal([Modality.Image, Modality.Text], sample.Select(set => set.Modality));
        Assert.Equal(["1f600", "1f408"], sample[0].Ids!);
        Assert.Equal(["Smileys & Emotion", "Animals & Nature"], sample[0].Labels!);
        Assert.Equal(["grinning face", "a face that grins 😀", "cat", "a cat"], sample[1].Captions!);
        Assert.Equal([1, 0.5f, -2], sample[0].Row(0).ToArray());
        Assert.Equal([0, 2, 1], sample[1].Row(3).ToArray());
    }

    [Fact]
    public void Read_Files_KnowWhereTheyCameFrom()
    {
        Provenance images = Read(Images, Texts)[0].Provenance;

        Assert.Equal(("samples/emoji/images.npy", "npy", "float16"), (images.Source, images.Format, images.ElementType));
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder["images.npy"]))),
            images.Fingerprint.Value);
    }

    [Fact]
    public void Read_Sample_PairsByIdAndNamesItsExamples()
    {
        IReadOnlyList<EmbeddingSet> sample = Read(Images, Texts);

        AnalysisResult result = GapAnalysis.Run(sample, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("id", result.Parameters.PairedBy);
        Assert.Equal((2, 4), (result.Pairs[0].Items, result.Pairs[0].SecondRows));
        Assert.Contains(result.Pairs[0].Examples!.Searches[1].Worst, match => match.Query.Caption == "a face that grins 😀" && match.Partner.Id == "1f600");
        Assert.StartsWith("A built-in sample: 2 emoji, each as a picture and 2 texts", EmojiSample.InWords(sample), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\": \"1f600\", \"caption\": \"grinning face\", \"group\": \"Smileys\"}", "it names 1 rows, samples/emoji/images.npy has 2.")]
    [InlineData("", "it names 0 rows, samples/emoji/images.npy has 2.")]
    [InlineData("{\"id\": \"1f600\", \"caption\": \"grinning", "line 1 is not one whole object with id, caption and group.")]
    [InlineData("null", "line 1 is not one whole object")]
    [InlineData("[]", "line 1 is not one whole object")]
    [InlineData("{\"id\": \"1f600\", \"group\": \"Smileys\"}", "line 1 is not one whole object")]
    [InlineData("{\"id\": null, \"caption\": \"cat\", \"group\": \"Smileys\"}", "line 1 is not one whole object")]
    [InlineData("{\"id\": 7, \"caption\": \"cat\", \"group\": \"Smileys\"}", "line 1 is not one whole object")]
    public void Read_RowsThatDoNotFit_AreRefused(string rows, string fault)
    {
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => Read(rows, Texts));

        Assert.Equal("samples/emoji/images.jsonl", refused.Origin);
        Assert.Contains(fault, refused.Fault, StringComparison.Ordinal);
        Assert.Contains("install the tool again", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TruncatedVectors_AreRefused()
    {
        byte[] whole = File.ReadAllBytes(folder["texts.npy"]);
        File.WriteAllBytes(folder["texts.npy"], whole[..^4]);

        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => Read(Images, Texts));

        Assert.Equal("samples/emoji/texts.npy", refused.Origin);
        Assert.Contains("4 bytes are missing", refused.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NothingOrAStack_IsRefused()
    {
        File.WriteAllBytes(folder["images.npy"], []);
        Assert.Contains("it is empty", Assert.Throws<EmbeddingDataException>(() => Read(Images, Texts)).Fault, StringComparison.Ordinal);

        NpyFile.Write(folder["images.npy"], [1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2);
        Assert.Contains("it holds 2 modalities", Assert.Throws<EmbeddingDataException>(() => Read(Images, Texts)).Fault, StringComparison.Ordinal);
    }

    private IReadOnlyList<EmbeddingSet> Read(string images, string texts)
    {
        using FileStream imageVectors = File.OpenRead(folder["images.npy"]), textVectors = File.OpenRead(folder["texts.npy"]);
        return EmojiSample.Read(imageVectors, Lines(images), textVectors, Lines(texts));
    }

    private void WriteHalves(string name, int rows, int dimensions, params float[] values) => NpyFile.WriteRaw(
        folder[name], "<f2", [rows, dimensions], [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))]);

    private static MemoryStream Lines(string text) => new(Encoding.UTF8.GetBytes(text));
}
