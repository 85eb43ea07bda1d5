using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Checkpoints;
using ModalityGap.Lab.Native;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Models.Published;

/// <summary>
/// The architectures of the paper's Figure 2 with random weights, as its notebooks build them (Weixin-Liang/Modality-Gap, Figure_2a: torchvision's resnet18 without its
/// last layer, and openai/CLIP's model of ViT-B/32). A tower has the same weights whether it is made alone or in a whole model.
/// </summary>
public static class PublishedModels
{
    /// <summary>ResNet-18: 512 features before its last layer.</summary>
    public static PublishedEncoder ResNet18(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        LibTorch.Load();
        var norms = new NormalisationSwitch();
        var tower = new ResNet18(norms);
        StartingValues.Draw(tower, random, Published.ResNet18.LawOf, "resnet18.");
        return new PublishedEncoder("resnet-18", Published.ResNet18.Features, tower, norms);
    }

    /// <summary>ResNet-18 with weights of torchvision, safetensors or a PyTorch checkpoint; its last layer is not read.</summary>
    /// <exception cref="EmbeddingDataException">The file is damaged, or of another model.</exception>
    public static PublishedEncoder ResNet18(string path)
    {
        using TensorCatalog catalog = TensorCatalog.Open(path);
        LibTorch.Load();
        var norms = new NormalisationSwitch();
        var tower = new ResNet18(norms);
        TensorAccount.Fill(tower, "torchvision's ResNet-18", PublishedTensors.Plain(catalog, name => name.StartsWith("fc.", StringComparison.Ordinal)));
        return new PublishedEncoder("resnet-18", Published.ResNet18.Features, tower, norms);
    }

    /// <summary>CLIP's ViT-B/32: its 512 dimensions in the shared space, which are what Figure 2 shows.</summary>
    public static PublishedEncoder VitB32(RandomStream random) => Vit(random, isProjected: true);

    /// <summary>CLIP's ViT-B/32: the 768 features before they are projected.</summary>
    public static PublishedEncoder VitB32Features(RandomStream random) => Vit(random, isProjected: false);

    /// <summary>CLIP's text transformer beside ViT-B/32: 512 dimensions.</summary>
    public static PublishedEncoder TextTransformer(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        LibTorch.Load();
        ClipArchitecture architecture = ClipArchitecture.VitB32;
        var norms = new NormalisationSwitch();
        var tower = new ClipTextTransformer(architecture, norms);
        StartingValues.Draw(tower, random, new ClipStart(architecture).LawOf, "text.");
        return new PublishedEncoder("clip-text", architecture.Dimensions, tower, norms);
    }

    /// <summary>A whole CLIP model of any architecture as it is before training.</summary>
    public static ClipModel Clip(ClipArchitecture architecture, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(random);
        ClipModel model = ClipModel.Create(architecture);
        StartingValues.Draw(model, random, new ClipStart(architecture).LawOf);
        return model;
    }

    private static PublishedEncoder Vit(RandomStream random, bool isProjected)
    {
        ArgumentNullException.ThrowIfNull(random);
        LibTorch.Load();
        ClipArchitecture architecture = ClipArchitecture.VitB32;
        var norms = new NormalisationSwitch();
        var tower = new ClipVisionTransformer(architecture, norms);
        StartingValues.Draw(tower, random, new ClipStart(architecture).LawOf, "visual.");
        return isProjected
            ? new PublishedEncoder("vit-b-32", architecture.Dimensions, tower, norms)
            : new PublishedEncoder("vit-b-32-features", architecture.Image.Width, tower, norms, tower.Features);
    }
}
