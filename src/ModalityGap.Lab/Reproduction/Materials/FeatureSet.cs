using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Reproduction.Materials;

/// <summary>Paired features of two modalities.</summary>
/// <param name="Name">What to call them: the file's name without its ending.</param>
/// <param name="First">The first modality.</param>
/// <param name="Second">The second one.</param>
internal sealed record FeatureSet(string Name, EmbeddingSet First, EmbeddingSet Second)
{
    /// <summary>Whether the file's name says that the weights are random.</summary>
    public bool IsRandom => Name.Contains("random", StringComparison.OrdinalIgnoreCase);

    /// <summary>The pairs, one of each item.</summary>
    public PairedEmbeddings Pairs() => Alignment.Of([First, Second], PairingRule.Automatic, 1, false).Pair(0, 1).OneToOne();

    /// <summary>Reads features: a stacked file, or two files with a comma between.</summary>
    /// <exception cref="EmbeddingDataException">They cannot be used.</exception>
    public static FeatureSet Read(string argument, CancellationToken cancellation)
    {
        string[] paths = File.Exists(argument) ? [argument] : argument.Split(',', StringSplitOptions.TrimEntries);
        EmbeddingSet[] sets = [.. paths.SelectMany(path => EmbeddingFile.Read(path, cancellation: cancellation))];
        if (sets.Length != 2)
            throw new EmbeddingDataException(
                argument, $"it holds {sets.Length} modalities, where two are needed.", "Give a stacked file, or two files with a comma between.");
        if (sets[0].Modality == sets[1].Modality)
            sets = [sets[0].As(new Modality("first")), sets[1].As(new Modality("second"))];
        return new FeatureSet(Path.GetFileNameWithoutExtension(paths[0]), sets[0], sets[1]);
    }
}
