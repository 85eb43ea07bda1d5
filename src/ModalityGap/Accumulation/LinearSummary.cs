using System.Security.Cryptography;
using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Sources;
using ModalityGap.Statistics;

namespace ModalityGap.Accumulation;

/// <summary>Turns what was accumulated into the result.</summary>
internal static class LinearSummary
{
    public static LinearResult Of(
        GapAccumulator part, IReadOnlyList<ShardRange> missing, AnalysisOptions? onSample, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        RefuseTooFew(part);
        LinearInput[] inputs = Inputs(part);
        LinearCoverage? coverage = Coverage(part.Corpus, missing);
        return new LinearResult
        {
            Tool = ToolVersion.Name,
            Detected = Detection.InWords(inputs),
            Parameters = new LinearParameters
            {
                Seed = part.Options.Seed,
                Level = 0.95,
                PairedBy = "row",
                SkipInvalid = part.Options.SkipInvalid,
                SamplePairs = part.Options.SamplePairs,
            },
            Inputs = inputs,
            Coverage = coverage,
            Pairs = Pairs(part, SampleSummary.Begin(part.Options, onSample, part.Corpus.Modalities.Count, progress, cancellation), cancellation),
            Findings = [.. FindingsOf(part, inputs, coverage)],
        };
    }

    private static void RefuseTooFew(GapAccumulator part)
    {
        if (part.Total.Items >= GapAnalysis.FewestItems)
            return;
        string source = part.Corpus.Modalities[0].Origin.Source;
        if (part.Total.SkippedItems > 0)
            throw new EmbeddingDataException(
                source,
                part.Total.Items == 0 ? "no item is left after the faulty rows." : "only one item is left after the faulty rows.",
                "Repair the export: every other item has a row that is zero or not finite.");
        throw new EmbeddingDataException(
            source, "only one item can be paired.", $"A gap is a matter of many rows: give at least {GapAnalysis.FewestItems} items, better some hundred.");
    }

    private static LinearInput[] Inputs(GapAccumulator part)
    {
        var inputs = new LinearInput[part.Corpus.Modalities.Count];
        for (int m = 0; m < inputs.Length; m++)
        {
            CorpusModality modality = part.Corpus.Modalities[m];
            PassedFile[] files = [.. part.Files.Where(file => file.Modality == m)];
            RunningMoments norms = part.Total.NormsOf(m);
            inputs[m] = new LinearInput
            {
                Modality = modality.Modality.Name,
                Provenance = modality.Origin with { Fingerprint = Fingerprint(files, part.Corpus.Shards.Count) },
                Rows = part.Total.Items,
                Dimensions = part.Corpus.Dimensions,
                Norms = new NormSummary(norms.Lowest, norms.Mean, norms.Highest, norms.Deviation),
                SkippedRows = part.Total.SkippedItems,
                Files = part.Corpus.Shards.Count == 1 ? null : [.. files.Select(file => new LinearFile(file.Shard, file.Path, file.Known))],
            };
        }
        return inputs;
    }

    // One file has its own; that of several is a digest of theirs, in the order of the shards.
    private static Fingerprint Fingerprint(PassedFile[] files, int shards)
    {
        if (shards == 1 && files.Length == 1)
            return files[0].Known;
        if (files.Length == 0 || files.Any(file => file.Known == Embeddings.Fingerprint.None))
            return Embeddings.Fingerprint.None;
        string all = string.Concat(files.Select(file => file.Known.Value));
        return new Fingerprint("sha256-of-files", Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(all))));
    }

    private static LinearCoverage? Coverage(CorpusDescription corpus, IReadOnlyList<ShardRange> missing) =>
        corpus.Shards.Count == 1 && corpus.Skipped.Count == 0 && missing.Count == 0
            ? null
            : new LinearCoverage
            {
                Shards = corpus.Shards.Count,
                Rows = corpus.Rows,
                MeasuredRows = corpus.Rows - missing.Sum(range => range.Count),
                Missing = missing,
                SkippedShards = corpus.Skipped,
            };

    private static LinearPair[] Pairs(GapAccumulator part, SampleSummary? onSample, CancellationToken cancellation)
    {
        var work = new WorkContext(part.Options.Threads, null, cancellation);
        UnitEmbeddings[] sampled = part.Total.Sample([.. part.Corpus.Modalities.Select(modality => modality.Modality)]);
        List<LinearPair> pairs = [];
        for (int first = 0; first < sampled.Length; first++)
            for (int second = first + 1; second < sampled.Length; second++)
            {
                PairedEmbeddings held = PairedEmbeddings.ByRow(sampled[first], sampled[second]);
                LinearPair pair = Measure(new LinearEvidence(held, part.Total.Pair(first, second, held), work));
                pairs.Add(onSample?.AddTo(pair, held) ?? pair);
            }
        return [.. pairs];
    }

    public static LinearPair Measure(LinearEvidence evidence)
    {
        Dictionary<string, Measurement> measures = [];
        foreach (ILinearMeasure measure in MeasureCatalog.Measures.OfType<ILinearMeasure>())
            foreach (Measurement measurement in measure.Linear(evidence))
                measures.Add(measurement.Key, measurement);
        return new LinearPair
        {
            First = evidence.First,
            Second = evidence.Second,
            Items = evidence.Moments.Count,
            Verdict = Verdicts.OfLinear(evidence, measures),
            Measures = measures,
            TopDimensions = GapDimensions.Compute(evidence.Moments),
            Findings = [.. Findings.OfLinearPair(evidence, measures)],
        };
    }

    private static IEnumerable<Finding> FindingsOf(GapAccumulator part, LinearInput[] inputs, LinearCoverage? coverage)
    {
        if (part.Total.SkippedItems > 0)
            yield return Findings.SkippedItems(part.Total.SkippedItems, part.Total.Items);
        if (coverage is { SkippedShards: { Count: > 0 } skipped })
            yield return new Finding("skipped-shards", FindingSeverity.Warning,
                $"{skipped.Count} of {skipped.Count + coverage.Shards} shards {(skipped.Count == 1 ? "was" : "were")} left out "
                + $"({Shown.Some([.. skipped.Select(shard => $"{shard.Number}")])}). The first: {skipped[0].Reason}");
        if (coverage is { Missing.Count: > 0 })
            yield return new Finding("partial", FindingSeverity.Warning,
                $"{coverage.MeasuredRows} of {coverage.Rows} rows were measured: {CoveredRows.InWords(coverage.Missing, part.Corpus)} not among them.");
        foreach (CorpusModality modality in part.Corpus.Modalities.Where(modality => modality.ReadWhole is not null))
            yield return new Finding("read-whole", FindingSeverity.Note,
                $"{modality.Origin.Source} was read into memory whole, because {modality.ReadWhole}. As .npy it could be read in blocks.");
        foreach (LinearInput input in inputs)
            foreach (Finding finding in Findings.OfNorms(input.Modality, input.Norms))
                yield return finding;
    }
}
