using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Tensors;
using ModalityGap.Statistics;
using ModalityGap.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Clip;

public sealed class PublishedModelTests
{
    [Fact]
    public void Clip_Weights_HaveThePublishedLaws()
    {
        using ClipModel model = PublishedModels.Clip(TinyClip.Vit, new RandomStream(1));
        Dictionary<string, Tensor> weights = model.state_dict();

        Assert.Equal(1 / 0.07, model.LogitScale, 1e-4);
        Deviation("text.token_embedding.weight", 0.02);
        Deviation("text.positional_embedding", 0.01);
        Deviation("text.text_projection", 1 / 8.0);
        Deviation("text.transformer.resblocks.1.attn.in_proj_weight", 1 / 8.0);
        Deviation("text.transformer.resblocks.1.attn.out_proj.weight", 1 / 8.0 / 2);
        Deviation("text.transformer.resblocks.0.mlp.c_fc.weight", 1 / Math.Sqrt(128));
        Deviation("text.transformer.resblocks.0.mlp.c_proj.weight", 1 / 8.0 / 2);
        Deviation("visual.proj", 1 / 8.0);
        // Uniform within b has the deviation b/√3.
        Deviation("visual.conv1.weight", 1 / Math.Sqrt(192) / Math.Sqrt(3));
        Deviation("visual.transformer.resblocks.0.attn.in_proj_weight", Math.Sqrt(6.0 / 256) / Math.Sqrt(3));
        Deviation("visual.transformer.resblocks.0.attn.out_proj.weight", 1 / 8.0 / Math.Sqrt(3));
        Deviation("visual.transformer.resblocks.0.mlp.c_proj.weight", 1 / Math.Sqrt(96) / Math.Sqrt(3));
        Deviation("visual.transformer.resblocks.0.mlp.c_proj.bias", 1 / Math.Sqrt(96) / Math.Sqrt(3));
        Assert.Equal(0, weights["visual.transformer.resblocks.0.attn.in_proj_bias"].abs().max().item<float>());
        Assert.Equal(1, weights["visual.ln_pre.weight"].min().item<float>());

        // The standard error of a deviation is at most σ/√(2n) for a normal law, less for a uniform one.
        void Deviation(string name, double expected)
        {
            double measured = weights[name].std().item<float>(), error = expected / Math.Sqrt(2.0 * weights[name].numel());
            Assert.True(Math.Abs(measured - expected) < 5 * error, $"{name}: {measured}, not {expected}");
        }
    }

    [Fact]
    public void Clip_ResNet_StartsWithBlocksThatAreTheirShortcuts()
    {
        using ClipModel model = PublishedModels.Clip(TinyClip.ResNet, new RandomStream(1));
        Dictionary<string, Tensor> weights = model.state_dict();

        Assert.Equal(0, weights["visual.layer2.1.bn3.weight"].abs().max().item<float>());
        Assert.Equal(1, weights["visual.bn3.weight"].min().item<float>());
        Assert.Equal(1 / 16.0, weights["visual.attnpool.q_proj.weight"].std().item<float>(), 5e-3);
    }

    [Fact]
    public void Values_AnyNumberOfThreads_AreTheSameAndOfTheirLaw()
    {
        float[] values = StartingValues.Values(new RandomStream(4), 200_000, StartingLaw.Normal(2));
        float[] again = StartingValues.Values(new RandomStream(4), 200_000, StartingLaw.Normal(2));

        Assert.Equal(values, again);
        Assert.Equal(values[..70_000], StartingValues.Values(new RandomStream(4), 70_000, StartingLaw.Normal(2)));
        Assert.NotEqual(values[..1000], values[65_536..66_536]);
        Assert.Equal(0, values.Average(), 5 * 2 / Math.Sqrt(200_000));
        Assert.Equal(4, values.Average(value => (double)value * value), 0.07);
    }

    [Fact]
    public void ResNet18_Parameters_AreThoseOfTorchvisionWithoutTheLastLayer()
    {
        using PublishedEncoder encoder = PublishedModels.ResNet18(new RandomStream(1));
        Assert.Equal(11_176_512, encoder.ParameterCount);
    }

    [Fact]
    public void ResNet18_WeightsOfAFile_AreReadAllButTheLastLayer()
    {
        using var folder = new TemporaryFolder();
        var norms = new NormalisationSwitch();
        using var tower = new ResNet18(norms);
        StartingValues.Draw(tower, new RandomStream(1), ResNet18.LawOf, "resnet18.");
        List<NamedTensor> tensors = [.. tower.state_dict().Select(entry => NamedTensor.Of(entry.Key, entry.Value)), new NamedTensor("fc.bias", [2], new float[2])];
        Write(tensors);

        using PublishedEncoder read = PublishedModels.ResNet18(folder["resnet18.safetensors"]), drawn = PublishedModels.ResNet18(new RandomStream(1));

        using Tensor pictures = NoiseInputs.Pictures(new RandomStream(2), 1, 64);
        Assert.Equal(drawn.Encode(pictures), read.Encode(pictures));
        Write([.. tensors.Where(tensor => tensor.Name != "conv1.weight")]);
        var fault = Assert.Throws<EmbeddingDataException>(() => PublishedModels.ResNet18(folder["resnet18.safetensors"]));
        Assert.Contains("Missing (1): conv1.weight", fault.Message, StringComparison.Ordinal);

        void Write(IReadOnlyList<NamedTensor> all)
        {
            using FileStream file = File.Create(folder["resnet18.safetensors"]);
            TensorFile.Write(file, all, new Dictionary<string, string>());
        }
    }

    [Fact]
    public void VitB32_Parameters_AreThoseOfTheNotebook()
    {
        using PublishedEncoder vit = PublishedModels.VitB32(new RandomStream(1)), text = PublishedModels.TextTransformer(new RandomStream(1));
        // Model parameters: 151,277,313, as the paper's notebook prints; one of them is the scale.
        Assert.Equal(151_277_312, vit.ParameterCount + text.ParameterCount);
    }

    // Published: 0.9993, 0.9366 and 0.4112, each of one seed and 5,000 inputs; the bounds are those of ten inputs and any seed.
    [Theory]
    [InlineData("resnet-18", 0.995, 1)]
    [InlineData("vit-b-32", 0.90, 0.97)]
    [InlineData("clip-text", 0.25, 0.60)]
    public void Encode_Noise_LiesInTheConeOfThePaper(string name, double lowest, double highest)
    {
        var random = new RandomStream(11);
        using PublishedEncoder encoder = name switch
        {
            "resnet-18" => PublishedModels.ResNet18(random),
            "vit-b-32" => PublishedModels.VitB32(random),
            _ => PublishedModels.TextTransformer(random),
        };
        using Tensor inputs = name == "clip-text" ? NoiseInputs.Tokens(random, 10) : NoiseInputs.Pictures(random, 10);

        var cone = ConeStatistics.Of(new EmbeddingSet(Modality.Image, encoder.Encode(inputs), encoder.Dimensions));

        Assert.Equal((name, 512), (encoder.Name, encoder.Dimensions));
        Assert.InRange(cone.Mean.Value, lowest, highest);
    }

    [Fact]
    public void EncodeImages_ManyBatches_KeepsNoTensor()
    {
        using ClipModel model = PublishedModels.Clip(TinyClip.ResNet, new RandomStream(1)), other = PublishedModels.Clip(TinyClip.Vit, new RandomStream(1));
        List<long> living = [];
        for (int i = 0; i < 6; i++)
        {
            using (no_grad())
            using (NewDisposeScope())
            {
                model.EncodeImages(NoiseInputs.Pictures(new RandomStream(i), 2, 64));
                other.EncodeImages(NoiseInputs.Pictures(new RandomStream(i), 2, 32));
                other.EncodeTexts(NoiseInputs.Tokens(new RandomStream(i), 2, 16, 600));
            }
            living.Add(Tensor.TotalCount);
        }

        Assert.True(living.Skip(2).Distinct().Count() == 1, string.Join(" ", living));
    }

    [Fact]
    public void Normalises_Off_ChangesTheOutputAndBackAgain()
    {
        using ClipModel model = PublishedModels.Clip(TinyClip.Vit, new RandomStream(1));
        using DisposeScope scope = NewDisposeScope();
        using IDisposable plain = no_grad();
        Tensor pictures = NoiseInputs.Pictures(new RandomStream(2), 3, 32);

        float[] with = model.EncodeImages(pictures).data<float>().ToArray();
        model.Normalises = false;
        float[] without = model.EncodeImages(pictures).data<float>().ToArray();
        model.Normalises = true;

        Assert.NotEqual(with, without);
        Assert.All(without, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(with, model.EncodeImages(pictures).data<float>().ToArray());
    }
}
