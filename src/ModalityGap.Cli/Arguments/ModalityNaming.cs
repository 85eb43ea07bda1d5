using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Arguments;

/// <summary>Gives each input a name of its own: as told, else as its file says, else by its place.</summary>
internal static class ModalityNaming
{
    private static readonly string[] Places = ["first", "second", "third", "fourth", "fifth", "sixth"];

    public static IReadOnlyList<EmbeddingSet> Apply(IReadOnlyList<EmbeddingSet> sets, IReadOnlyList<string>? names)
    {
        IReadOnlyList<string> chosen = Choose([.. sets.Select(set => new Input(set.Modality, set.Provenance))], names);
        return [.. sets.Select((set, i) => set.As(new Modality(chosen[i])))];
    }

    public static IReadOnlyList<EmbeddingStream> Apply(IReadOnlyList<EmbeddingStream> streams, IReadOnlyList<string>? names)
    {
        IReadOnlyList<string> chosen = Choose([.. streams.Select(stream => new Input(stream.Modality, stream.Provenance))], names);
        return [.. streams.Select((stream, i) => stream.As(new Modality(chosen[i])))];
    }

    /// <summary>Names for the modalities of a corpus.</summary>
    public static IReadOnlyList<Modality> Choose(IReadOnlyList<CorpusModality> modalities, IReadOnlyList<string>? names) =>
        [.. Choose([.. modalities.Select(modality => new Input(modality.Modality, modality.Origin))], names).Select(name => new Modality(name))];

    private static IReadOnlyList<string> Choose(Input[] inputs, IReadOnlyList<string>? names)
    {
        if (names is not null && names.Count != inputs.Length)
            throw new UsageException(
                $"--modalities names {names.Count} modalities ({string.Join(", ", names)}), the files hold {inputs.Length}.");
        return names ?? Distinct([.. inputs.Select((input, place) => Found(input, place, inputs))], inputs);
    }

    // A file with one unnamed modality is called by its place among all inputs, not by its place in the file.
    private static string Found(Input set, int place, Input[] sets)
    {
        bool alone = sets.Count(other => other.Provenance.Source == set.Provenance.Source) == 1;
        bool unknown = Places.Contains(set.Modality.Name) && ModalityNames.FromPath(set.Provenance.Source) is null;
        return alone && unknown ? Place(place) : set.Modality.Name;
    }

    private static string[] Distinct(string[] names, Input[] sets)
    {
        if (names.Distinct().Count() == names.Length)
            return names;
        string[] stems = [.. sets.Select(set => Path.GetFileNameWithoutExtension(set.Provenance.Source))];
        if (stems.Distinct().Count() == stems.Length)
            return stems;
        return [.. names.Select((name, i) => names.Count(other => other == name) == 1 ? name : $"{name} {i + 1}")];
    }

    private static string Place(int index) => index < Places.Length ? Places[index] : $"input {index + 1}";

    private readonly record struct Input(Modality Modality, Provenance Provenance);
}
