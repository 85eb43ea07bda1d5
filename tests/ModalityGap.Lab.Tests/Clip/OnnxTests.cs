using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Clip;

public sealed class OnnxTests : IDisposable
{
    private static readonly TinyOnnx Texts = new()
    {
        Dimensions = 2,
        Context = 4,
        Vectors = [.. Enumerable.Range(0, 49408).SelectMany(token => new[] { (float)token, 1 })],
    };

    private static readonly TinyOnnx Both = Texts with
    {
        Side = 2,
        Pixels = [.. Enumerable.Range(0, 12).SelectMany(k => new[] { 1f, k == 11 ? 1 : 0 })],
        Bias = [0.5f, -0.5f],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Encode_ReferenceTowers_GivesTheirFeatures()
    {
        File.Copy(SharedFolder.File("data", "clip-tiny", "vit.visual.onnx"), folder["visual.onnx"]);
        File.Copy(SharedFolder.File("data", "clip-tiny", "vit.textual.onnx"), folder["textual.onnx"]);
        using var encoder = ClipEncoder.Open(folder.Path);

        Assert.Equal((32, 64, 77), (encoder.Towers.Dimensions, encoder.Towers.Side, encoder.Towers.Context));
        Assert.Null(encoder.Checkpoint);
        Near("vit.image_features.npy", encoder.Towers.EncodeImages(TinyClip.Array<float>("clip-tiny", "vit.pixels.npy"), 5));
        Near("vit.text_features.npy", encoder.Towers.EncodeTexts(TinyClip.Array<long>("clip-tiny", "vit.tokens.npy"), 6));
    }

    [Fact]
    public void Encode_OneTower_SaysThatTheOtherIsMissing()
    {
        File.Copy(SharedFolder.File("data", "clip-tiny", "vit.visual.onnx"), folder["visual.onnx"]);
        using var encoder = ClipEncoder.Open(folder["visual.onnx"]);

        var fault = Assert.Throws<EmbeddingDataException>(() => encoder.Towers.EncodeTexts(new long[77], 1));

        Assert.Contains("no text tower", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoOnnx_SaysSo()
    {
        File.WriteAllText(folder["model.onnx"], "not a model");
        var fault = Assert.Throws<EmbeddingDataException>(() => ClipEncoder.Open(folder.Path));
        Assert.Contains("no ONNX model that can be run here", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TinyOnnx.Int64)]
    [InlineData(TinyOnnx.Int32)]
    public void EncodeTexts_EitherTypeOfTokens_SumsTheirVectors(int type)
    {
        (Texts with { TokenType = type }).Write(folder["text.onnx"]);
        using var encoder = ClipEncoder.Open(folder["text.onnx"]);

        Assert.Equal((2, 0, 4), (encoder.Towers.Dimensions, encoder.Towers.Side, encoder.Towers.Context));
        // Token k has the vector (k, 1).
        Assert.Equal([49406f + 3 + 49407 + 7, 4, 5 + 6 + 7 + 8, 4], encoder.Towers.EncodeTexts([49406, 3, 49407, 7, 5, 6, 7, 8], 2));
    }

    [Theory]
    [InlineData(TinyOnnx.Int64, TinyOnnx.Int64)]
    [InlineData(TinyOnnx.Int32, TinyOnnx.Int64)]
    [InlineData(TinyOnnx.Int64, TinyOnnx.Int32)]
    public void EncodeTexts_Mask_EndsWithTheMarkOfTheEnd(int tokens, int mask)
    {
        (Texts with { TokenType = tokens, MaskType = mask }).Write(folder["text.onnx"]);
        using var encoder = ClipEncoder.Open(folder["text.onnx"]);

        // The largest number is the mark; what follows it is not read.
        Assert.Equal([40f + 3 + 49407, 3, 2 + 9, 2], encoder.Towers.EncodeTexts([40, 3, 49407, 7, 2, 9, 1, 1], 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Encode_BothTowersInOneFile_GivesEachWithoutTheOther(bool isMasked)
    {
        (Both with { MaskType = isMasked ? TinyOnnx.Int64 : null }).Write(folder["model.onnx"]);
        using var encoder = ClipEncoder.Open(folder.Path);

        Assert.Equal((2, 2, 4), (encoder.Towers.Dimensions, encoder.Towers.Side, encoder.Towers.Context));
        float[] pixels = [.. Enumerable.Range(1, 24).Select(k => (float)k)];
        // The sum of all values and the last one, and the bias.
        Assert.Equal([78f + 0.5f, 12 - 0.5f, 222 + 0.5f, 24 - 0.5f], encoder.Towers.EncodeImages(pixels, 2));
        Assert.Equal([1f + 2 + 3 + 4, 4], encoder.Towers.EncodeTexts([1, 2, 3, 4], 1));
    }

    [Fact]
    public void Open_TowerOfItsOwnBesideOneOfBoth_TakesItsOwn()
    {
        Both.Write(folder["both.onnx"]);
        (Texts with { Vectors = [.. Texts.Vectors!.Select(value => 2 * value)] }).Write(folder["text.onnx"]);
        using var encoder = ClipEncoder.Open(folder.Path);

        Assert.Equal([20f, 8], encoder.Towers.EncodeTexts([1, 2, 3, 4], 1));
        Assert.Equal(78.5f, encoder.Towers.EncodeImages([.. Enumerable.Range(1, 12).Select(k => (float)k)], 1)[0]);
    }

    [Fact]
    public void Open_TowersOfTwoModels_SaysSo()
    {
        Texts.Write(folder["text.onnx"]);
        (Both with { Vectors = null, Dimensions = 3, Pixels = new float[3 * 12], Bias = new float[3] }).Write(folder["image.onnx"]);

        var fault = Assert.Throws<EmbeddingDataException>(() => ClipEncoder.Open(folder.Path));

        Assert.Contains("its towers have 3 and 2 dimensions", fault.Message, StringComparison.Ordinal);
    }

    private static void Near(string name, float[] actual)
    {
        float[] expected = TinyClip.Array<float>("clip-tiny", name);
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Zip(actual).Max(pair => Math.Abs((double)pair.First - pair.Second)) <= 1e-5);
    }
}
