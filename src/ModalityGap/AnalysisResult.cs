using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Projections;
using ModalityGap.Selection;

namespace ModalityGap;

/// <summary>All that an analysis found: what the tool prints, what the report shows, what the JSON holds.</summary>
public sealed record AnalysisResult
{
    /// <summary>The version of this record's JSON form; raised when a reader of the old form would break.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of the JSON form.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Name and version of the program, such as "modgap 0.1.0".</summary>
    public required string Tool { get; init; }

    /// <summary>What was detected, in one line: "2 modalities x 500 pairs x 512 dimensions, float32, unit norm, paired by row".</summary>
    public required string Detected { get; init; }

    /// <summary>The options that a repetition needs.</summary>
    public required AnalysisParameters Parameters { get; init; }

    /// <summary>The inputs, one per modality.</summary>
    public required IReadOnlyList<InputSummary> Inputs { get; init; }

    /// <summary>One result per pair of modalities, in the order of the inputs.</summary>
    public required IReadOnlyList<PairResult> Pairs { get; init; }

    /// <summary>Mixed search with a third modality as the query; empty for two modalities.</summary>
    public required IReadOnlyList<MixedSearchTable> MixedSearch { get; init; }

    /// <summary>What concerns the inputs as a whole.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>The options that a repetition needs.</summary>
public sealed record AnalysisParameters
{
    /// <summary>Seed of everything random.</summary>
    public required long Seed { get; init; }

    /// <summary>Nominal coverage of the intervals.</summary>
    public required double Level { get; init; }

    /// <summary>Temperatures τ at which losses were taken.</summary>
    public required IReadOnlyList<double> Temperatures { get; init; }

    /// <summary>How rows were matched: <c>row</c> or <c>id</c>.</summary>
    public required string PairedBy { get; init; }

    /// <summary>Whether pairs with an unusable row were left out.</summary>
    public required bool SkipInvalid { get; init; }
}

/// <summary>One input, as found.</summary>
public sealed record InputSummary
{
    /// <summary>The modality's name.</summary>
    public required string Modality { get; init; }

    /// <summary>Where the rows came from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Number of rows that were used.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of dimensions.</summary>
    public required int Dimensions { get; init; }

    /// <summary>What the rows' norms were before they were set to 1.</summary>
    public required NormSummary Norms { get; init; }

    /// <summary>Rows that repeat an earlier row bit by bit.</summary>
    public required int DuplicateRows { get; init; }

    /// <summary>Rows that were left out because they were zero or not finite.</summary>
    public required int SkippedRows { get; init; }
}

/// <summary>Two modalities held against each other.</summary>
public sealed record PairResult
{
    /// <summary>Name of the first modality, x in the formulas.</summary>
    public required string First { get; init; }

    /// <summary>Name of the second modality, y in the formulas.</summary>
    public required string Second { get; init; }

    /// <summary>Number of items that both have.</summary>
    public required int Items { get; init; }

    /// <summary>Number of rows of the first modality.</summary>
    public required int FirstRows { get; init; }

    /// <summary>Number of rows of the second modality; larger than the items where an item has several texts.</summary>
    public required int SecondRows { get; init; }

    /// <summary>What the numbers say.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What to do about it.</summary>
    public required Recommendation Recommendation { get; init; }

    /// <summary>The evidence for the recommendation.</summary>
    public required IReadOnlyList<CorrectionTrial> Trials { get; init; }

    /// <summary>Every number, by <see cref="Measurement.Key"/>, in the order of the catalogue.</summary>
    public required IReadOnlyDictionary<string, Measurement> Measures { get; init; }

    /// <summary>Thresholds on the cosine.</summary>
    public required ThresholdTable Thresholds { get; init; }

    /// <summary>Cosines of matched, unmatched and within-modality pairs.</summary>
    public required CosineHistograms Histograms { get; init; }

    /// <summary>All cosines among a few pairs; <c>null</c> in results of versions that did not draw any.</summary>
    public SimilarityBlocks? Blocks { get; init; }

    /// <summary>How the variance of each modality spreads over its directions; <c>null</c> in results of versions that did not keep it.</summary>
    public IReadOnlyList<SpectrumCurve>? Spectra { get; init; }

    /// <summary>The groups of the items, the largest first; left out where there are none.</summary>
    public IReadOnlyList<GroupSlice>? Groups { get; init; }

    /// <summary>The coordinates that carry most of the gap, largest share first.</summary>
    public required IReadOnlyList<DimensionShare> TopDimensions { get; init; }

    /// <summary>Loss, gap and recall along the gap.</summary>
    public required LandscapeResult Landscape { get; init; }

    /// <summary>Both modalities in a plane.</summary>
    public required PairMap Map { get; init; }

    /// <summary>Mixed search, where items have several rows of a modality; else <c>null</c>.</summary>
    public MixedSearchTable? MixedSearch { get; init; }

    /// <summary>Rows to look at; <c>null</c> in results of versions that did not pick any.</summary>
    public PairExamples? Examples { get; init; }

    /// <summary>What concerns this pair.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
