using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Checkpoints;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Tensors;
using ModalityGap.Statistics;
using ModalityGap.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>Reading and writing of models that every clone can make.</summary>
public sealed class ClipCheckpointTests : IDisposable
{
    private static readonly long[] ThreeSteps = [3];

    private static readonly float[] One = [1];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true, ClipNaming.OpenClip)]
    [InlineData(true, ClipNaming.HuggingFace)]
    [InlineData(false, ClipNaming.OpenClip)]
    public void Load_WhatWasExported_IsTheSameModel(bool isTransformer, ClipNaming naming)
    {
        using ClipModel model = Create(isTransformer ? TinyClip.Vit : TinyClip.ResNet);
        ClipExport.Write(folder["model.safetensors"], model, naming);

        using var read = ClipCheckpoint.Load(folder.Path);

        Assert.Equal(naming, read.Naming);
        Assert.Equal(model.Architecture with { Image = read.Model.Architecture.Image }, read.Model.Architecture);
        Assert.Equal(model.Architecture.ToString(), read.Model.Architecture.ToString());
        Assert.Equal(Outputs(model), Outputs(read.Model));
        Assert.Equal(model.LogitScale, read.Model.LogitScale);
    }

    [Fact]
    public void Write_HuggingFace_SplitsQueriesKeysAndValuesAndTurnsProjections()
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["a.safetensors"], model, ClipNaming.OpenClip);
        ClipExport.Write(folder["b.safetensors"], model, ClipNaming.HuggingFace);
        var ours = TensorFile.Read(folder["a.safetensors"]).Tensors;
        var theirs = TensorFile.Read(folder["b.safetensors"]).Tensors;

        float[] joined = (float[])ours["visual.transformer.resblocks.1.attn.in_proj_weight"].Values;
        float[][] parts = [.. "qkv".Select(letter => (float[])theirs[$"vision_model.encoder.layers.1.self_attn.{letter}_proj.weight"].Values)];
        Assert.Equal(joined, parts.SelectMany(part => part));
        Assert.Equal([64L, 24], ours["visual.proj"].Shape);
        Assert.Equal([24L, 64], theirs["visual_projection.weight"].Shape);
        Assert.Equal(((float[])ours["visual.proj"].Values)[24], ((float[])theirs["visual_projection.weight"].Values)[1]);
        Assert.Equal(ours.Count + 4 * 2 * 2, theirs.Count);
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Load_HalfPrecision_IsTheModelRoundedToIt(string type)
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["full.safetensors"], model, ClipNaming.OpenClip);
        HalfFile.Write(folder["half.safetensors"], TensorFile.Read(folder["full.safetensors"]).Tensors.Values, type);

        using var read = ClipCheckpoint.Load(folder["half.safetensors"]);

        Assert.Equal([type == "F16" ? "float16" : "bfloat16"], read.Types);
        double most = type == "F16" ? 1e-3 : 8e-3;
        foreach ((string name, Tensor value) in model.state_dict())
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor difference = (value - read.Model.state_dict()[name]).abs();
            Assert.True((difference <= most * value.abs() + 1e-7).all().item<bool>(), name);
        }
        Assert.NotEqual(Outputs(model), Outputs(read.Model));
    }

    [Fact]
    public void Load_NamesOfATrainingThatWasSpread_AreUnderstood()
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["plain.safetensors"], model, ClipNaming.OpenClip);
        NamedTensor[] tensors = [.. TensorFile.Read(folder["plain.safetensors"]).Tensors.Values
            .Select(tensor => tensor with { Name = $"module.{tensor.Name}" })];
        Write("model.safetensors", [.. tensors, new NamedTensor("optimizer.step", [], ThreeSteps)]);

        using var read = ClipCheckpoint.Load(folder["model.safetensors"]);

        Assert.Equal(1, read.IgnoredTensors);
        Assert.Equal(Outputs(model), Outputs(read.Model));
    }

    [Fact]
    public void Load_TensorsMissingLeftOverAndOdd_NamesThem()
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["whole.safetensors"], model, ClipNaming.OpenClip);
        List<NamedTensor> tensors = [.. TensorFile.Read(folder["whole.safetensors"]).Tensors.Values.Where(tensor => tensor.Name != "ln_final.bias")];
        for (int i = 0; i < 12; i++)
            tensors.Add(new NamedTensor($"adapter.{i:00}", [1], One));
        tensors[tensors.FindIndex(tensor => tensor.Name == "ln_final.weight")] = new NamedTensor("ln_final.weight", [3], new float[3]);
        Write("model.safetensors", tensors);

        var fault = Assert.Throws<EmbeddingDataException>(() => ClipCheckpoint.Load(folder["model.safetensors"]));

        Assert.Contains("Missing (1): text.ln_final.bias.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Left over (12): adapter.00, ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("and 4 more", fault.Message, StringComparison.Ordinal);
        Assert.Contains("text.ln_final.weight [3] instead of [64]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OneOfThreePartsMissing_SaysSo()
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["whole.safetensors"], model, ClipNaming.HuggingFace);
        Write("model.safetensors", [.. TensorFile.Read(folder["whole.safetensors"]).Tensors.Values
            .Where(tensor => tensor.Name != "text_model.encoder.layers.0.self_attn.k_proj.bias")]);

        var fault = Assert.Throws<EmbeddingDataException>(() => ClipCheckpoint.Load(folder["model.safetensors"]));

        Assert.Contains("Missing (1): text.transformer.resblocks.0.attn.in_proj_bias", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnotherArchitecture_SaysWhatIsKnownAndHowElse()
    {
        Write("model.safetensors", [new NamedTensor("visual.trunk.patch_embed.proj.weight", [1], new float[1])]);

        var fault = Assert.Throws<EmbeddingDataException>(() => ClipCheckpoint.Load(folder.Path));

        Assert.Contains("no CLIP model of a known architecture (1 tensors: visual.trunk.patch_embed.proj.weight)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ONNX", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Truncated_SaysSo()
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["model.safetensors"], model, ClipNaming.OpenClip);
        byte[] whole = File.ReadAllBytes(folder["model.safetensors"]);
        File.WriteAllBytes(folder["model.safetensors"], whole[..(whole.Length / 2)]);

        var fault = Assert.Throws<EmbeddingDataException>(() => ClipCheckpoint.Load(folder.Path));

        Assert.Contains("truncated", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(100)]
    [InlineData(-1)]
    public void Load_CutOffAnywhere_NamesTheFile(int end)
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["model.safetensors"], model, ClipNaming.OpenClip);
        byte[] whole = File.ReadAllBytes(folder["model.safetensors"]);
        File.WriteAllBytes(folder["model.safetensors"], whole[..(end < 0 ? whole.Length + end : end)]);

        Assert.Contains("model.safetensors", Refusal(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_HeaderThatClaimsMoreThanTheFile_AllocatesNothing()
    {
        File.WriteAllBytes(folder["model.safetensors"], [.. BitConverter.GetBytes(1L << 60), (byte)'{', (byte)'}']);
        Assert.Contains("model.safetensors", Refusal(folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("weights.pt")]
    public void Load_StateDictOfPyTorch_IsTheSameModel(string name)
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["whole"], model, ClipNaming.OpenClip);
        TorchFile.Write(folder[name], [.. TensorFile.Read(folder["whole"]).Tensors.Values]);

        using var read = ClipCheckpoint.Load(folder.Path);

        Assert.Equal(Outputs(model), Outputs(read.Model));
    }

    [Theory]
    [InlineData("os\nsystem")]
    [InlineData("builtins\neval")]
    [InlineData("torch.nn.modules.linear\nLinear")]
    [InlineData("torch._utils\n_rebuild_tensor_v2.__globals__")]
    public void Load_StateDictThatCallsAnythingElse_IsRefused(string called)
    {
        TorchFile.Write(folder["model.pt"], [new NamedTensor("a", [1], One)], called);
        string refusal = Refusal(folder.Path);
        Assert.Contains("not run", refusal, StringComparison.Ordinal);
        Assert.Contains("safetensors.torch", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PickleThatWouldRunCode_ExplainsTheConversion()
    {
        // A pickle of protocol 0 whose object is os.system('true').
        File.WriteAllBytes(folder["model.pt"], PickledProgram.Checkpoint("cos\nsystem\n(S'true'\ntR."));

        var fault = Assert.Throws<EmbeddingDataException>(() => ClipCheckpoint.Load(folder.Path));

        Assert.Contains("system", fault.Message, StringComparison.Ordinal);
        Assert.Contains("not run", fault.Message, StringComparison.Ordinal);
        Assert.Contains("safetensors.torch", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ConfigurationOfAnotherModel_IsRefused()
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["model.safetensors"], model, ClipNaming.OpenClip);
        File.WriteAllText(folder["open_clip_config.json"], """{"model_cfg": {"embed_dim": 512, "vision_cfg": {"layers": 12, "width": 64}, "text_cfg": {"heads": 1}}}""");

        var fault = Assert.Throws<EmbeddingDataException>(() => ClipCheckpoint.Load(folder.Path));

        Assert.Contains("dimensions 512, where the tensors have 24; blocks of the image tower 12, where the tensors have 2", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model_type": "siglip", "vision_config": {}, "text_config": {}}""", "siglip")]
    [InlineData("""{"vision_cfg": {"timm_model_name": "eva"}, "text_cfg": {}}""", "timm")]
    [InlineData("""{"vision_cfg": {}, "text_cfg": {"hf_model_name": "roberta"}}""", "roberta")]
    [InlineData("[1]", "no CLIP model")]
    [InlineData("{", "not the configuration")]
    public void Load_ConfigurationThatIsUnknown_SaysWhatItDescribes(string json, string told)
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["model.safetensors"], model, ClipNaming.OpenClip);
        File.WriteAllText(folder["config.json"], json);

        var fault = Assert.Throws<EmbeddingDataException>(() => ClipCheckpoint.Load(folder.Path));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model_cfg": {"embed_dim": 24, "quick_gelu": true, "vision_cfg": {"width": 64, "head_width": 32}, "text_cfg": {"heads": 2}}}""", ClipActivation.QuickGelu, 2, 2)]
    [InlineData("""{"embed_dim": 24, "vision_cfg": {"width": 64}, "text_cfg": {"heads": 4}}""", ClipActivation.Gelu, 1, 4)]
    [InlineData("""{"model_type": "clip", "vision_config": {"hidden_act": "gelu", "num_attention_heads": 4}, "text_config": {"num_attention_heads": 8}}""", ClipActivation.Gelu, 4, 8)]
    [InlineData("""{"image_resolution": 32, "transformer_heads": 16}""", ClipActivation.QuickGelu, 1, 16)]
    public void Load_EachDialectOfConfiguration_SetsWhatShapesLeaveOpen(string json, ClipActivation activation, int imageHeads, int textHeads)
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["model.safetensors"], model, ClipNaming.OpenClip);
        File.WriteAllText(folder["config.json"], json);

        using var read = ClipCheckpoint.Load(folder.Path);

        Assert.Equal((activation, imageHeads, textHeads), (read.Model.Architecture.Activation, read.Model.Architecture.Image.Heads, read.Model.Architecture.Text.Heads));
        Assert.Empty(read.Findings);
    }

    [Fact]
    public void Load_FolderWithoutOrWithSeveralModels_SaysSo()
    {
        Assert.Contains("the folder is empty", Refusal(folder.Path), StringComparison.Ordinal);
        File.WriteAllText(folder["readme.md"], "");
        Assert.Contains("holds no model", Refusal(folder.Path), StringComparison.Ordinal);
        File.WriteAllText(folder["a.safetensors"], "");
        File.WriteAllText(folder["b.safetensors"], "");
        Assert.Contains("several models: a.safetensors, b.safetensors", Refusal(folder.Path), StringComparison.Ordinal);
        Assert.Contains("no such model", Refusal(folder["nowhere"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("open_clip_config.json")]
    [InlineData("bpe_simple_vocab_16e6.txt.gz")]
    public void Open_WithoutPermission_SaysSo(string name)
    {
        string model = SmallClipFolder.WriteModel(folder), file = Path.Combine(model, name);
        if (OperatingSystem.IsWindows())
            Assert.Skip("needs POSIX permissions");
        else
            File.SetUnixFileMode(file, UnixFileMode.None);
        Assert.SkipWhen(CanRead(file), "this user may read everything");

        string told = Assert.Throws<EmbeddingDataException>(() => ClipEncoder.Open(model).Tokenizer).Message;

        Assert.Contains(name, told, StringComparison.Ordinal);
        Assert.Contains("permission", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FolderWithoutPermission_SaysSo()
    {
        string model = SmallClipFolder.WriteModel(folder);
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs POSIX permissions");
            return;
        }
        File.SetUnixFileMode(model, UnixFileMode.None);
        try
        {
            Assert.SkipWhen(CanRead(Path.Combine(model, "model.safetensors")), "this user may read everything");
            Assert.Contains("the folder cannot be read", Refusal(model), StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(model, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Load_ConfigurationWithoutWeights_SaysWhatIsMissingAndWhereItIs()
    {
        SmallClipFolder.WriteModel(folder);
        File.Delete(folder["model/model.safetensors"]);

        string told = Refusal(folder["model"]);

        Assert.Contains("there is a configuration, but no weights", told, StringComparison.Ordinal);
        Assert.Contains("Hugging Face", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsWithoutConfiguration_SaysWhatIsAssumed()
    {
        SmallClipFolder.WriteModel(folder);
        File.Delete(folder["model/open_clip_config.json"]);

        using var read = ClipCheckpoint.Load(folder["model"]);

        Finding finding = Assert.Single(read.Findings);
        Assert.Contains("No configuration beside model.safetensors", finding.Message, StringComparison.Ordinal);
        Assert.Contains("from where the model came", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Shards_AreOneModel()
    {
        using ClipModel model = Create(TinyClip.Vit);
        ClipExport.Write(folder["whole"], model, ClipNaming.HuggingFace);
        NamedTensor[] all = [.. TensorFile.Read(folder["whole"]).Tensors.Values];
        Write("model-1.safetensors", all[..20]);
        Write("model-2.safetensors", all[20..]);
        string map = string.Join(",", all.Select((tensor, i) => $"\"{tensor.Name}\": \"model-{(i < 20 ? 1 : 2)}.safetensors\""));
        File.WriteAllText(folder["model.safetensors.index.json"], $"{{\"weight_map\": {{{map}}}}}");

        using var read = ClipCheckpoint.Load(folder.Path);
        Assert.Equal(Outputs(model), Outputs(read.Model));

        File.WriteAllText(folder["model.safetensors.index.json"], """{"weight_map": {"a": "../secret.safetensors"}}""");
        Assert.Contains("does not say which file", Refusal(folder.Path), StringComparison.Ordinal);
    }

    private static ClipModel Create(ClipArchitecture architecture) => PublishedModels.Clip(architecture, new RandomStream(5));

    private static float[] Outputs(ClipModel model)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable plain = no_grad();
        var random = new RandomStream(3);
        Tensor pictures = NoiseInputs.Pictures(random, 2, model.Architecture.Image.Side);
        Tensor tokens = NoiseInputs.Tokens(random, 2, model.Architecture.Text.Context, model.Architecture.Text.Vocabulary);
        return [.. model.EncodeImages(pictures).data<float>(), .. model.EncodeTexts(tokens).data<float>()];
    }

    private static string Refusal(string path) => Assert.Throws<EmbeddingDataException>(() => ClipCheckpoint.Load(path)).Message;

    private void Write(string name, IReadOnlyList<NamedTensor> tensors)
    {
        using FileStream file = File.Create(folder[name]);
        TensorFile.Write(file, tensors, new Dictionary<string, string>());
    }

    private static bool CanRead(string path)
    {
        try
        {
            return Encoding.ASCII.GetString(File.ReadAllBytes(path)).Length > 0;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
