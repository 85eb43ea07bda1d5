using Microsoft.Extensions.AI;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Pixels;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Clip;

public sealed class ClipGeneratorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ClipEncoder encoder;

    public ClipGeneratorTests() => encoder = ClipEncoder.Open(SmallClipFolder.WriteModel(folder));

    public void Dispose()
    {
        encoder.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task GenerateAsync_Texts_GivesARowEach()
    {
        using var generator = new ClipTextGenerator(encoder);
        string[] texts = [.. Enumerable.Range(0, 40).Select(i => $"the cat {i}")];

        GeneratedEmbeddings<Embedding<float>> rows = await generator.GenerateAsync(texts);

        Assert.Equal(40, rows.Count);
        Assert.Equal(encoder.EncodeTexts([texts[35]]).Rows, rows[35].Vector.ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(24, generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions);
        Assert.Equal("model", rows[0].ModelId);
        Assert.Null(rows.AdditionalProperties);
        rows = await generator.GenerateAsync(["the cat", string.Concat(Enumerable.Repeat("the cat ", 30))]);
        Assert.Equal(1, rows.AdditionalProperties!["truncated"]);
    }

    [Fact]
    public async Task GenerateAsync_Pictures_GivesARowEachOrSaysWhichIsBroken()
    {
        using var generator = new ClipImageGenerator(encoder);
        byte[] red = SmallClipFolder.Red;

        Embedding<float> row = (await generator.GenerateAsync([new DataContent(red, "image/png")]))[0];

        Assert.Equal(encoder.EncodeImages([ClipPreprocessing.Read(red, encoder.Pixels, out _)!]), row.Vector.ToArray());
        var fault = await Assert.ThrowsAsync<EmbeddingDataException>(
            () => generator.GenerateAsync([new DataContent(new byte[9], "image/png") { Name = "odd.png" }]));
        Assert.Contains("odd.png: the picture is no PNG", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(
            () => generator.GenerateAsync([new DataContent(red, "image/png")], new EmbeddingGenerationOptions { Dimensions = 7 }));
    }
}
