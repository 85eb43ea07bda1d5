using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Accumulation;

/// <summary>Whether two parts belong to one measurement.</summary>
internal static class PartFit
{
    /// <summary>Refuses a part that does not belong to what was merged before.</summary>
    public static void Check(GapAccumulator merged, GapAccumulator part, string name)
    {
        if (Difference(merged.Options, part.Options) is { } option)
            throw new EmbeddingDataException(name, $"it was made with other options than the other parts: {option}.", "Make all parts with the same command.");
        if (Difference(merged.Corpus, part.Corpus) is { } corpus)
            throw new EmbeddingDataException(name, $"it is of another corpus than the other parts: {corpus}.", "Merge parts of one corpus only.");
        foreach (PassedFile file in part.Files)
            if (merged.FileOf(file.Shard, file.Modality) is { } before && before.Sketch != file.Sketch)
                throw new EmbeddingDataException(
                    name, $"its {file.Path} is not the file that another part read.", "The file was changed between them: make the parts of that shard again.");
    }

    /// <summary>The first option in which two measurements differ, as a phrase.</summary>
    public static string? Difference(LinearOptions first, LinearOptions second) =>
        first.Seed != second.Seed ? $"seed {second.Seed}, not {first.Seed}"
        : first.SamplePairs != second.SamplePairs ? $"a sample of {second.SamplePairs}, not {first.SamplePairs}"
        : first.SkipInvalid != second.SkipInvalid ? (second.SkipInvalid ? "with --skip-invalid" : "without --skip-invalid")
        : null;

    /// <summary>The first thing in which two corpora differ, as a phrase; where their files lie does not matter.</summary>
    public static string? Difference(CorpusDescription first, CorpusDescription second)
    {
        if (first.Dimensions != second.Dimensions)
            return $"{second.Dimensions} dimensions, not {first.Dimensions}";
        if (!first.Modalities.Select(Name).SequenceEqual(second.Modalities.Select(Name)))
            return $"{string.Join(", ", second.Modalities.Select(Name))}, not {string.Join(", ", first.Modalities.Select(Name))}";
        if (first.Modalities.Zip(second.Modalities).FirstOrDefault(both => !Alike(both.First.Origin, both.Second.Origin)) is { First: not null } other)
            return $"{other.Second.Modality} is {Form(other.Second.Origin)}, not {Form(other.First.Origin)}";
        if (first.Shards.Count != second.Shards.Count)
            return $"{second.Shards.Count} shards, not {first.Shards.Count}";
        foreach ((Shard one, Shard two) in first.Shards.Zip(second.Shards))
            if (one != two)
                return $"shard {two.Number} of {two.Rows} rows where it has shard {one.Number} of {one.Rows}";
        return null;
    }

    private static string Name(CorpusModality modality) => modality.Modality.Name;

    private static bool Alike(Provenance first, Provenance second) =>
        (first.Format, first.ElementType, first.Part, first.Fingerprint) == (second.Format, second.ElementType, second.Part, second.Fingerprint);

    private static string Form(Provenance origin) => $"{origin.ElementType} in {origin.Format}{(origin.Part is { } part ? $" ({part})" : "")}";
}
