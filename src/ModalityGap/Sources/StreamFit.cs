using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Refuses streams whose rows do not belong together by their place, before the rows are read.</summary>
internal static class StreamFit
{
    public static void Check(IReadOnlyList<EmbeddingStream> streams)
    {
        if (streams.Count < 2)
            throw new ArgumentException("A gap lies between two modalities; one was given.", nameof(streams));
        IGrouping<Modality, EmbeddingStream>? same = streams.GroupBy(input => input.Modality).FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
            throw new ArgumentException($"Two inputs have the name \"{same.Key}\": give each modality a name of its own.", nameof(streams));
        CheckRows(streams);
    }

    public static void CheckRows(IReadOnlyList<EmbeddingStream> streams)
    {
        EmbeddingStream first = streams[0];
        foreach (EmbeddingStream input in streams)
        {
            if (input.Rows == 0)
                throw Fault(input, "it holds no rows.", "Check that the export finished.");
            if (input.Dimensions != first.Dimensions)
                throw Fault(
                    input,
                    $"its rows have {input.Dimensions} dimensions, those of {first.Provenance.Source} {first.Dimensions}.",
                    "Both must come from the same model's shared space.");
            if (input.Rows != first.Rows)
                throw Fault(
                    input,
                    $"it has {input.Rows} rows, {first.Provenance.Source} {first.Rows}.",
                    "One pass takes row i with row i: give one row per item in each, such as the first caption of each image.");
            if (input.Held?.Ids is { } ids && first.Held?.Ids is { } others && !ids.SequenceEqual(others))
                throw Fault(
                    input,
                    $"its ids are not in the order of those of {first.Provenance.Source}.",
                    "One pass takes row i with row i: sort both alike, or measure without --linear, which pairs by id.");
        }
    }

    private static EmbeddingDataException Fault(EmbeddingStream input, string fault, string remedy) => new(input.Provenance.Source, fault, remedy);
}
