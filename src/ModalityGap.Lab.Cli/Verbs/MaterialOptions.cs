using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Reproduction.Materials;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>What a user brings to experiments: features, predictions, pictures with texts, models, pictures with labels.</summary>
internal sealed class MaterialOptions
{
    private static readonly (Material Flag, string Name)[] Names =
    [
        (Material.Features, "--features"), (Material.Predictions, "--predictions"), (Material.Data, "--data"), (Material.Models, "--model"),
        (Material.Images, "--images"),
    ];

    private readonly Option<string[]> features = Several("--features", "Feature files: stacked ones, or two with a comma between.", "FILE");
    private readonly Option<string?> predictions = new("--predictions")
    {
        Description = "The authors' printed predictions by race, for Tables 2 and 4.",
        HelpName = "FILE",
    };

    private readonly Option<string?> data = SourceOption.Create($"{DataSource.ShapesName} in the quick setting, {DataSource.EmojiName} in the full one");
    private readonly Option<string[]> models = Several(
        "--model", "Trained weights: a CLIP model's folder, or torchvision's ResNet-18 (safetensors or .pth).", "DIR");

    private readonly Option<string[]> images = Several("--images", "Pictures with labels, by the name of their task.", "NAME=DIR");

    public MaterialOptions(Command command)
    {
        foreach (Option option in (Option[])[features, predictions, data, models, images])
            command.Options.Add(option);
    }

    /// <summary>The options that bring this material.</summary>
    public static string Of(Material material) => string.Join(" and ", Names.Where(one => material.HasFlag(one.Flag)).Select(one => one.Name));

    /// <summary>Reads what is small, and looks whether the rest is there.</summary>
    public GivenMaterial Read(ParseResult parsed, CancellationToken cancellation)
    {
        FeatureSet[] sets = [.. (parsed.GetValue(features) ?? []).Select(file => FeatureSet.Read(file, cancellation))];
        Once("feature files", sets.Select(set => set.Name));
        string? source = parsed.GetValue(data);
        if (source is not null && !DataSource.Names.Contains(source))
            MustExist(source, $"or one of {string.Join(", ", DataSource.Names)}");
        string[] weights = parsed.GetValue(models) ?? [];
        foreach (string model in weights)
            MustExist(model, "of a model with its weights: see docs/clip.md");
        return new GivenMaterial
        {
            Features = sets,
            Predictions = parsed.GetValue(predictions) is { } file ? PublishedPredictions.Read(file) : null,
            Data = source,
            Models = weights,
            Images = Named(parsed.GetValue(images) ?? []),
        };
    }

    private static Dictionary<string, string> Named(string[] arguments)
    {
        (string Name, string Folder)[] pairs =
        [
            .. arguments.Select(argument => argument.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } folder]
                ? (name, folder)
                : throw new UsageException($"--images takes NAME=DIR, not '{argument}'.")),
        ];
        Once("folders", pairs.Select(pair => pair.Name));
        foreach ((_, string folder) in pairs)
            MustExist(folder, "of pictures");
        return pairs.ToDictionary(pair => pair.Name, pair => pair.Folder, StringComparer.Ordinal);
    }

    private static void Once(string what, IEnumerable<string> names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UsageException($"Two {what} have the name {twice.Key}; results are kept by it. Rename one.");
    }

    private static void MustExist(string path, string what)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
            throw new Embeddings.EmbeddingDataException(path, "there is no such file or folder.", $"Give the path {what}.");
    }

    private static Option<string[]> Several(string name, string description, string help) => new(name)
    {
        Description = description,
        HelpName = help,
        AllowMultipleArgumentsPerToken = true,
    };
}
