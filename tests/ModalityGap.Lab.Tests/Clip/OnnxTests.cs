using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Clip;

public sealed class OnnxTests : IDisposable
{
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

    private static void Near(string name, float[] actual)
    {
        float[] expected = TinyClip.Array<float>("clip-tiny", name);
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Zip(actual).Max(pair => Math.Abs((double)pair.First - pair.Second)) <= 1e-5);
    }
}
