using ModalityGap.Lab.Clip.Checkpoints;
using ModalityGap.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>Against the outputs of openai/CLIP on models of random weights.</summary>
public sealed class ClipReferenceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("vit", "openclip")]
    [InlineData("vit", "huggingface")]
    [InlineData("rn", "openclip")]
    public void Encode_ReferenceModels_GivesTheirFeaturesAndLogits(string model, string naming)
    {
        using var checkpoint = ClipCheckpoint.Load(TinyClip.Prepare(folder, model, naming));
        using DisposeScope scope = NewDisposeScope();
        using IDisposable plain = no_grad();

        Tensor images = checkpoint.Model.EncodeImages(tensor(TinyClip.Array<float>("clip-tiny", $"{model}.pixels.npy"), [5, 3, 64, 64]));
        Tensor texts = checkpoint.Model.EncodeTexts(tensor(TinyClip.Array<long>("clip-tiny", $"{model}.tokens.npy"), [6, 77]));

        Near(TinyClip.Array<float>("clip-tiny", $"{model}.image_features.npy"), images, 1e-5);
        Near(TinyClip.Array<float>("clip-tiny", $"{model}.text_features.npy"), texts, 1e-5);
        Near(TinyClip.Array<float>("clip-tiny", $"{model}.logits_per_image.npy"), checkpoint.Model.Logits(images, texts), 1e-4);
        Assert.Empty(checkpoint.Findings);
        int counters = model == "rn" ? 19 : 0;
        Assert.Equal(checkpoint.StoredTensors, checkpoint.UsedTensors + checkpoint.IgnoredTensors + counters);
    }

    [Fact]
    public void Load_WithoutConfiguration_SaysWhatIsAssumed()
    {
        string path = TinyClip.Prepare(folder, "rn", "openclip");
        File.Delete(folder["open_clip_config.json"]);
        // Width 32 has half a usual head: one is assumed, where the reference has two.
        using var checkpoint = ClipCheckpoint.Load(path);
        Assert.Contains("QuickGELU", Assert.Single(checkpoint.Findings).Message, StringComparison.Ordinal);
        Assert.Equal(8, checkpoint.Model.Architecture.Image.Heads);
        Assert.Equal([1, 1, 1, 1], checkpoint.Model.Architecture.Image.Stages);
    }

    private static void Near(float[] expected, Tensor actual, double most)
    {
        float[] values = actual.contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        double worst = expected.Zip(values).Max(pair => Math.Abs((double)pair.First - pair.Second));
        Assert.True(worst <= most, $"differs by {worst}");
    }
}
