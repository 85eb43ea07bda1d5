using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Sources;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>Whether the inputs of a linear analysis fit together, and what the pass found about each.</summary>
internal static class LinearInputs
{
    /// <summary>Refuses inputs that do not fit together, before their rows are read.</summary>
    public static void Check(IReadOnlyList<EmbeddingStream> inputs)
    {
        if (inputs.Count < 2)
            throw new ArgumentException("A gap lies between two modalities; one was given.", nameof(inputs));
        IGrouping<Modality, EmbeddingStream>? same = inputs.GroupBy(input => input.Modality).FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
            throw new ArgumentException($"Two inputs have the name \"{same.Key}\": give each modality a name of its own.", nameof(inputs));
        EmbeddingStream first = inputs[0];
        foreach (EmbeddingStream input in inputs)
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
        if (first.Rows < GapAnalysis.FewestItems)
            throw Fault(
                first,
                "only one item can be paired.",
                $"A gap is a matter of many rows: give at least {GapAnalysis.FewestItems} items, better some hundred.");
    }

    /// <summary>Refuses faulty rows, unless they are to be left out.</summary>
    public static void CheckRows(IReadOnlyList<EmbeddingStream> inputs, LinearAccumulator total, bool skipInvalid)
    {
        for (int m = 0; m < inputs.Count && !skipInvalid; m++)
            if (total.FaultsOf(m).Count > 0)
                throw total.FaultsOf(m).AsException(inputs[m].Provenance.Source);
        if (total.Items < GapAnalysis.FewestItems)
            throw Fault(
                inputs[0],
                total.Items == 0 ? "no item is left after the faulty rows." : "only one item is left after the faulty rows.",
                "Repair the export: every other item has a row that is zero or not finite.");
    }

    /// <summary>One summary per input, with its fingerprint.</summary>
    /// <exception cref="EmbeddingDataException">Two files are the same, byte for byte.</exception>
    public static LinearInput[] Summarize(IReadOnlyList<EmbeddingStream> inputs, LinearAccumulator total, CancellationToken cancellation)
    {
        Dictionary<PassingFingerprint, Fingerprint> fingerprints = [];
        var summaries = new LinearInput[inputs.Count];
        for (int m = 0; m < summaries.Length; m++)
        {
            Provenance provenance = inputs[m].Provenance;
            if (inputs[m].Digest is { } digest)
            {
                if (!fingerprints.TryGetValue(digest, out Fingerprint found))
                    fingerprints.Add(digest, found = digest.Finish(cancellation));
                provenance = provenance with { Fingerprint = found };
            }
            RunningMoments norms = total.NormsOf(m);
            summaries[m] = new LinearInput
            {
                Modality = inputs[m].Modality.Name,
                Provenance = provenance,
                Rows = total.Items,
                Dimensions = inputs[m].Dimensions,
                Norms = new NormSummary(norms.Lowest, norms.Mean, norms.Highest, norms.Deviation),
                SkippedRows = total.SkippedItems,
            };
        }
        RefuseCopies(summaries);
        return summaries;
    }

    /// <summary>What concerns the inputs.</summary>
    public static IEnumerable<Finding> Findings(
        IReadOnlyList<EmbeddingStream> inputs, IReadOnlyList<LinearInput> summaries, LinearAccumulator total)
    {
        if (total.SkippedItems > 0)
            yield return ModalityGap.Findings.SkippedItems(total.SkippedItems, total.Items);
        foreach (EmbeddingStream input in inputs.Where(input => input.ReadWhole is not null))
            yield return new Finding("read-whole", FindingSeverity.Note,
                $"{input.Provenance.Source} was read into memory whole, because {input.ReadWhole}. As .npy it could be read in blocks.");
        foreach (LinearInput summary in summaries)
            foreach (Finding finding in ModalityGap.Findings.OfNorms(summary.Modality, summary.Norms))
                yield return finding;
    }

    private static void RefuseCopies(LinearInput[] inputs)
    {
        for (int i = 1; i < inputs.Length; i++)
        {
            Provenance later = inputs[i].Provenance;
            LinearInput? earlier = Array.Find(inputs[..i], input =>
                input.Provenance.Source != later.Source
                && input.Provenance.Fingerprint == later.Fingerprint
                && later.Fingerprint != Fingerprint.None);
            if (earlier is not null)
                throw new EmbeddingDataException(
                    later.Source, $"it is a copy of {earlier.Provenance.Source}, byte for byte.", "Give the other modality's file.");
        }
    }

    private static EmbeddingDataException Fault(EmbeddingStream input, string fault, string remedy) => new(input.Provenance.Source, fault, remedy);
}
