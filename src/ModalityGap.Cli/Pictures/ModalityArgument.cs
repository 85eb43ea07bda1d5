using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Pictures;

/// <summary>A modality that an option names.</summary>
internal static class ModalityArgument
{
    /// <summary>Its index among the sets.</summary>
    /// <exception cref="UsageException">None has that name.</exception>
    public static int Find(string option, string name, IReadOnlyList<EmbeddingSet> sets)
    {
        for (int s = 0; s < sets.Count; s++)
            if (sets[s].Modality.Name == name)
                return s;
        throw new UsageException($"{option} is one of {string.Join(", ", sets.Select(set => set.Modality))}, not '{name}'.");
    }
}
