using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Projections;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>Measures, explains, tries corrections and recommends: from embeddings to a verdict.</summary>
public static class GapAnalysis
{
    /// <summary>Below this many items there is nothing to compare.</summary>
    public const int FewestItems = 2;

    /// <summary>The corrections that an analysis tries.</summary>
    internal static IReadOnlyList<ICorrection> Tried { get; } = [new MeanRemoval()];

    /// <summary>Analyses two or more modalities of the same items.</summary>
    /// <param name="inputs">One set per modality, at least two.</param>
    /// <param name="options">How; default <see cref="AnalysisOptions"/> as it is.</param>
    /// <param name="progress">Told how far the work has come; may be called from any thread.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">An option makes no sense, or two inputs have the same name.</exception>
    /// <exception cref="EmbeddingDataException">The rows cannot be used or do not fit together.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static AnalysisResult Run(
        IReadOnlyList<EmbeddingSet> inputs,
        AnalysisOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new AnalysisOptions();
        options.Check();
        options = options with { Temperatures = [.. options.Temperatures.Order()] };
        CheckNames(inputs);
        Alignment alignment = Align(inputs, options);
        InputSummary[] summaries = [.. alignment.Modalities.Select((rows, k) => Summarize(rows, alignment.SkippedRows[k]))];
        var stages = new AnalysisStages(inputs.Count, options, progress, cancellation);
        var random = new RandomStream(options.Seed);
        IReadOnlyList<string>? groups = ItemGroups.Of(alignment, inputs[0], options.Groups);
        List<PairResult> pairs = [];
        for (int first = 0; first < inputs.Count; first++)
            for (int second = first + 1; second < inputs.Count; second++)
                pairs.Add(Analyse(alignment.Pair(first, second), groups, options, random.Fork("pair", pairs.Count), stages));
        MixedSearchTable[] mixedSearch = [.. AcrossThree(alignment, random, stages)];
        stages.Finish();
        return new AnalysisResult
        {
            Tool = ToolVersion.Name,
            Detected = Detection.InWords(alignment),
            Parameters = new AnalysisParameters
            {
                Seed = options.Seed,
                Level = 0.95,
                Temperatures = options.Temperatures,
                PairedBy = Detection.PairedBy(alignment),
                SkipInvalid = options.SkipInvalid,
            },
            Inputs = summaries,
            Pairs = pairs,
            MixedSearch = mixedSearch,
            Findings = [.. alignment.Findings, .. summaries.SelectMany(Findings.OfInput)],
        };
    }

    private static PairResult Analyse(
        PairedEmbeddings pairs, IReadOnlyList<string>? groups, AnalysisOptions options, RandomStream random, AnalysisStages stages)
    {
        var evidence = new PairEvidence(pairs, options.Temperatures, random, stages.Begin("measures", pairs));
        Dictionary<string, Measurement> measures = Measure(evidence);
        ThresholdTable thresholds = ThresholdAdvice.Compute(evidence, options.Prevalence);
        stages.Begin("landscape", pairs);
        LandscapeResult landscape = Landscape.Compute(evidence, options.LandscapePairs);
        stages.Begin("mixed search", pairs);
        MixedSearchTable? mixed = MixedQueries.Within(pairs)?.Tabulate(pairs, random.Fork("mixed"), evidence.Work);
        stages.Begin("corrections", pairs);
        CorrectionTrial[] trials = [.. Tried.Select(candidate => CrossFit.Try(candidate, pairs, random, evidence.Work)).OfType<CorrectionTrial>()];
        stages.Begin("map", pairs);
        return new PairResult
        {
            First = evidence.First,
            Second = evidence.Second,
            Items = pairs.Items,
            FirstRows = pairs.First.Rows,
            SecondRows = pairs.Second.Rows,
            Verdict = Verdicts.Of(evidence, measures, thresholds, landscape, mixed),
            Recommendation = Recommender.Of(evidence.First, evidence.Second, trials, thresholds),
            Trials = trials,
            Measures = measures,
            Thresholds = thresholds,
            Histograms = CosineHistograms.Of(evidence),
            Blocks = SimilarityBlocks.Of(evidence),
            Spectra = SpectrumCurve.Of(evidence),
            Groups = GroupSlices.Of(evidence, groups) is { Count: > 0 } slices ? slices : null,
            TopDimensions = GapDimensions.Compute(evidence.Moments),
            Landscape = landscape,
            Map = Map(evidence, options, random),
            MixedSearch = mixed,
            Examples = Examples.Compute(evidence),
            Findings = [.. Findings.OfPair(pairs, measures), .. Findings.OfPairNorms(evidence.First, evidence.Second, measures)],
        };
    }

    private static PairMap Map(PairEvidence evidence, AnalysisOptions options, RandomStream random)
    {
        double[] moment = evidence.SecondMoments.Stacked();
        PairMap map = SvdMap.Compute(evidence.Pairs, moment, options.MapPairs, random, evidence.Work);
        map = MapLayouts.AddTo(map, options.Maps, evidence.Pairs, moment, random, evidence.Work);
        return options.MapFacts ? map with { Facts = MapReading.Of(evidence, map) } : map;
    }

    internal static Dictionary<string, Measurement> Measure(PairEvidence evidence)
    {
        Dictionary<string, Measurement> measures = [];
        foreach (Measurement measurement in MeasureCatalog.Measures.SelectMany(measure => measure.Compute(evidence)))
            measures.Add(measurement.Key, measurement);
        return measures;
    }

    // With three modalities and more, each may ask for documents of two others.
    private static IEnumerable<MixedSearchTable> AcrossThree(Alignment alignment, RandomStream random, AnalysisStages stages)
    {
        int count = alignment.Modalities.Count;
        for (int query = 0; query < count; query++)
            for (int first = 0; first < count; first++)
                for (int second = first + 1; second < count; second++)
                {
                    if (query == first || query == second)
                        continue;
                    PairedEmbeddings documents = alignment.Pair(first, second).OneToOne();
                    UnitEmbeddings asking = alignment.Pair(query, first).OneToOne().First;
                    yield return MixedQueries.Across(asking, documents).Tabulate(
                        documents, random.Fork($"mixed/{query}/{first}/{second}"), stages.Begin("mixed search", documents));
                }
    }

    // Results are kept by the modality's name.
    internal static void CheckNames(IReadOnlyList<EmbeddingSet> inputs)
    {
        IGrouping<Modality, EmbeddingSet>? same = inputs.GroupBy(input => input.Modality).FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
            throw new ArgumentException($"Two inputs have the name \"{same.Key}\": give each modality a name of its own.", nameof(inputs));
    }

    internal static Alignment Align(IReadOnlyList<EmbeddingSet> inputs, AnalysisOptions options)
    {
        Alignment alignment = Alignment.Of(inputs, options.PairedBy, options.TextsPerItem, options.SkipInvalid);
        if (alignment.Items < FewestItems)
            throw new EmbeddingDataException(
                inputs[0].Provenance.Source,
                "only one item can be paired.",
                $"A gap is a matter of many rows: give at least {FewestItems} items, better some hundred.");
        return alignment;
    }

    internal static InputSummary Summarize(UnitEmbeddings rows, int skipped)
    {
        double mean = rows.OriginalNorms.Average();
        return new InputSummary
        {
            Modality = rows.Modality.Name,
            Provenance = rows.Provenance,
            Rows = rows.Rows,
            Dimensions = rows.Dimensions,
            Norms = new NormSummary(
                rows.OriginalNorms.Min(), mean, rows.OriginalNorms.Max(), Math.Sqrt(rows.OriginalNorms.Average(norm => (norm - mean) * (norm - mean)))),
            DuplicateRows = DuplicateRows.Count(rows),
            SkippedRows = skipped,
        };
    }
}
