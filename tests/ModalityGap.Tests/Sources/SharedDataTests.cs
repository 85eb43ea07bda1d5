using ModalityGap.Embeddings;
using ModalityGap.Sources;
using ModalityGap.Testing;

namespace ModalityGap.Tests.Sources;

/// <summary>Real files, as people have them.</summary>
public sealed class SharedDataTests
{
    [Theory]
    [InlineData("features_clip.npy", 500, 512)]
    [InlineData("features_clip_random.npy", 500, 512)]
    [InlineData("features_convirt.npy", 500, 512)]
    [InlineData("features_convirt_random.npy", 500, 512)]
    [InlineData("features_videoclip.npy", 100, 768)]
    [InlineData("features_videoclip_random.npy", 100, 768)]
    [InlineData("features_clasp.npy", 99, 768)]
    [InlineData("features_clasp_random.npy", 99, 768)]
    public void Read_PaperFeatures_AreTwoModalities(string name, int rows, int dimensions)
    {
        IReadOnlyList<EmbeddingSet> sets = Reading.All(SharedFolder.File("data", "paper", name));
        Assert.Equal(["first", "second"], sets.Select(set => set.Modality.Name));
        Assert.All(sets, set => Assert.Equal((rows, dimensions), (set.Rows, set.Dimensions)));
        Assert.All(sets, set => Assert.Equal(rows, UnitEmbeddings.Normalize(set).Rows));
        Assert.NotEqual(sets[0].Values, sets[1].Values);
    }

    [Theory]
    [InlineData("things200", "things200_eeg_sub08.npy", "eeg", "float32", 200, 1024)]
    [InlineData("things200", "things200_img_vith14.npy", "image", "float32", 200, 1024)]
    [InlineData("things200", "things200_text_vith14.npy", "text", "float32", 200, 1024)]
    [InlineData("text-tables", "detic_text_b32_lvis.npy", "text", "float16", 1203, 512)]
    [InlineData("text-tables", "detic_text_b32_coco.npy", "text", "float16", 80, 512)]
    [InlineData("text-tables", "imagenet_text_b32_p2.npy", "text", "float32", 1000, 512)]
    [InlineData("clip-tiny", "vit.image_features.npy", "image", "float32", 5, 32)]
    public void Read_OneModality_IsNamedByItsFile(string folder, string name, string modality, string type, int rows, int dimensions)
    {
        EmbeddingSet set = Reading.One(SharedFolder.File("data", folder, name));
        Assert.Equal((modality, type), (set.Modality.Name, set.Provenance.ElementType));
        Assert.Equal((rows, dimensions), (set.Rows, set.Dimensions));
        Assert.Equal(rows, UnitEmbeddings.Normalize(set).Rows);
    }

    [Fact]
    public void Read_Tokens_AreNotEmbeddings() =>
        Refusal.Of(SharedFolder.File("data", "clip-tiny", "vit.tokens.npy"), "int64", "model's output");

    [Theory]
    [InlineData("vit.openclip.safetensors")]
    [InlineData("vit.huggingface.safetensors")]
    [InlineData("rn.openclip.safetensors")]
    public void Read_Checkpoint_IsDescribedAndRefused(string name)
    {
        string path = SharedFolder.File("data", "clip-tiny", name);
        FileDescription file = EmbeddingFile.Describe(path);
        Assert.Equal("safetensors", file.Format);
        Assert.True(file.Arrays.Count > 40);
        Assert.Contains(file.Arrays, array => array.Shape.Count == 2 && array.Note!.Contains("rows", StringComparison.Ordinal));
        Refusal.Of(path, "weights of a model", "--key");
        string key = file.Arrays.First(array => array.Shape.Count == 2).Name;
        Assert.Equal(key, Reading.One(path, new ReadOptions { Key = key }).Provenance.Part);
    }
}
