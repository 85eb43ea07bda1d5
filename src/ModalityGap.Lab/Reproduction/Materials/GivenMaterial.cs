using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;

namespace ModalityGap.Lab.Reproduction.Materials;

/// <summary>What was brought.</summary>
internal sealed record GivenMaterial
{
    private const int ShownDigits = 16;

    /// <summary>Features of images and texts.</summary>
    public IReadOnlyList<FeatureSet> Features { get; init; } = [];

    /// <summary>Printed predictions.</summary>
    public PublishedPredictions? Predictions { get; init; }

    /// <summary>The name or the path of pictures with texts, as <see cref="DataSource"/> opens them.</summary>
    public string? Data { get; init; }

    /// <summary>Folders or files of models.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Folders of pictures, by the name of their task.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>What is needed and was not brought, in words that end with the way out; <c>null</c> where nothing is.</summary>
    public string? Lacks(Material needed) =>
        needed.HasFlag(Material.Features) && Features.Count == 0 ? "features of images and texts. Give files of them with --features"
        : needed.HasFlag(Material.Predictions) && Predictions is null ? "the authors' printed predictions. Give the file with --predictions"
        : needed.HasFlag(Material.Models) && Models.Count == 0 ? "a model with trained weights. Give its folder with --model"
        : needed.HasFlag(Material.Images) && Images.Count == 0 ? "pictures with labels. Give their folders with --images NAME=DIR"
        : null;

    /// <summary>The part of it that an experiment looks at; pictures with texts are the laboratory's own where none were brought.</summary>
    public GivenMaterial Only(Material used, Effort effort) => new()
    {
        Features = used.HasFlag(Material.Features) ? Features : [],
        Predictions = used.HasFlag(Material.Predictions) ? Predictions : null,
        Data = used.HasFlag(Material.Data) ? Data ?? (effort == Effort.Full ? DataSource.EmojiName : DataSource.ShapesName) : null,
        Models = used.HasFlag(Material.Models) ? Models : [],
        Images = used.HasFlag(Material.Images) ? Images : new Dictionary<string, string>(),
    };

    /// <summary>It as settings of a result: by names and contents, never by paths.</summary>
    public IEnumerable<Setting> Settings(CancellationToken cancellation)
    {
        foreach (FeatureSet set in Features)
            yield return new Setting(set.Name, $"{Described(set.First)}; {Described(set.Second)}");
        if (Predictions is { } printed)
            yield return new Setting(printed.Name, $"sha256 {printed.Fingerprint}");
        if (Data is { } data)
            yield return new Setting("pictures with texts", FolderDigest.Of(data, cancellation));
        foreach (string model in Models)
            yield return new Setting("model", FolderDigest.Of(model, cancellation));
        foreach ((string task, string folder) in Images.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            yield return new Setting($"pictures, {task}", FolderDigest.Of(folder, cancellation));
    }

    private static string Described(EmbeddingSet set) => string.Create(
        CultureInfo.InvariantCulture,
        $"{set.Modality.Name} {set.Rows} x {set.Dimensions}, {set.Provenance.Fingerprint.Algorithm} {Start(set.Provenance.Fingerprint.Value)}");

    private static string Start(string fingerprint) => fingerprint.Length > ShownDigits ? fingerprint[..ShownDigits] : fingerprint;
}
