using System.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.CommandLine;

/// <summary><c>--modalities</c>: names for the inputs, in their order; without it they are named as their files say.</summary>
internal static class ModalitiesOption
{
    public static Option<string?> Create() => new("--modalities")
    {
        Description = "Names of the modalities in order, such as image,text; default from the files' names.",
        HelpName = "NAMES",
    };

    /// <summary>The names that were given, or <c>null</c>.</summary>
    /// <exception cref="UsageException">One is empty, or there twice.</exception>
    public static List<string>? Parse(string? list)
    {
        if (list is null)
            return null;
        List<string> names = [.. list.Split(',', StringSplitOptions.TrimEntries)];
        if (names.Exists(string.IsNullOrEmpty) || names.Distinct().Count() < names.Count)
            throw new UsageException($"--modalities takes different names with commas between, such as image,text, not '{list}'.");
        return names;
    }

    public static IReadOnlyList<EmbeddingSet> Apply(IReadOnlyList<EmbeddingSet> sets, IReadOnlyList<string>? names)
    {
        IReadOnlyList<Modality> chosen = Choose([.. sets.Select(set => (set.Modality, set.Provenance))], names);
        return [.. sets.Select((set, i) => set.As(chosen[i]))];
    }

    public static IReadOnlyList<EmbeddingStream> Apply(IReadOnlyList<EmbeddingStream> streams, IReadOnlyList<string>? names)
    {
        IReadOnlyList<Modality> chosen = Choose([.. streams.Select(stream => (stream.Modality, stream.Provenance))], names);
        return [.. streams.Select((stream, i) => stream.As(chosen[i]))];
    }

    /// <summary>The same corpus under the names that were given, or that its files say.</summary>
    public static EmbeddingCorpus Apply(EmbeddingCorpus corpus, IReadOnlyList<string>? names) =>
        corpus.As(Choose([.. corpus.Description.Modalities.Select(modality => (modality.Modality, modality.Origin))], names));

    private static IReadOnlyList<Modality> Choose(IReadOnlyList<(Modality Modality, Provenance Origin)> inputs, IReadOnlyList<string>? names)
    {
        if (names is not null && names.Count != inputs.Count)
            throw new UsageException(
                $"--modalities names {names.Count} modalities ({string.Join(", ", names)}), the files hold {inputs.Count}.");
        return names is null ? InputNaming.Of(inputs) : [.. names.Select(name => new Modality(name))];
    }
}
