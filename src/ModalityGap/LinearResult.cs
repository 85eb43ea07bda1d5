using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Sources;

namespace ModalityGap;

/// <summary>
/// What one pass over the rows found. Its parts have the names that they have in <see cref="AnalysisResult"/>, so that a reader of
/// measures and findings reads both.
/// </summary>
public sealed record LinearResult
{
    /// <summary>The version of the JSON form.</summary>
    public int SchemaVersion { get; init; } = AnalysisResult.CurrentSchemaVersion;

    /// <summary>What tells this form from that of a whole analysis: <c>linear</c>.</summary>
    public string Kind { get; init; } = "linear";

    /// <summary>Name and version of the program, such as "modgap 0.1.0".</summary>
    public required string Tool { get; init; }

    /// <summary>What was detected, in one line: "2 modalities x 500 pairs x 512 dimensions, float32, unit norm, paired by row".</summary>
    public required string Detected { get; init; }

    /// <summary>The options that a repetition needs.</summary>
    public required LinearParameters Parameters { get; init; }

    /// <summary>The inputs, one per modality.</summary>
    public required IReadOnlyList<LinearInput> Inputs { get; init; }

    /// <summary>Which shards and rows were measured; <c>null</c> where it is all of one shard.</summary>
    public LinearCoverage? Coverage { get; init; }

    /// <summary>One result per pair of modalities, in the order of the inputs.</summary>
    public required IReadOnlyList<LinearPair> Pairs { get; init; }

    /// <summary>What concerns the inputs as a whole.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>The options that a repetition needs.</summary>
public sealed record LinearParameters
{
    /// <summary>Seed of the sample.</summary>
    public required long Seed { get; init; }

    /// <summary>Nominal coverage of the intervals.</summary>
    public required double Level { get; init; }

    /// <summary>How rows were matched: <c>row</c>, or <c>id</c> in a table of a database.</summary>
    public required string PairedBy { get; init; }

    /// <summary>Whether pairs with an unusable row were left out.</summary>
    public required bool SkipInvalid { get; init; }

    /// <summary>How many items at most were kept for the intervals.</summary>
    public required int SamplePairs { get; init; }
}

/// <summary>One input, as found.</summary>
public sealed record LinearInput
{
    /// <summary>The modality's name.</summary>
    public required string Modality { get; init; }

    /// <summary>Where the rows came from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Number of rows that were used.</summary>
    public required long Rows { get; init; }

    /// <summary>Number of dimensions.</summary>
    public required int Dimensions { get; init; }

    /// <summary>What the rows' norms were before they were set to 1.</summary>
    public required NormSummary Norms { get; init; }

    /// <summary>Rows that were left out because they or their partners were zero or not finite.</summary>
    public required long SkippedRows { get; init; }

    /// <summary>The files in the order of their shards; <c>null</c> where there is one shard.</summary>
    public IReadOnlyList<LinearFile>? Files { get; init; }
}

/// <summary>A file of a corpus.</summary>
/// <param name="Shard">The shard's number.</param>
/// <param name="Path">The file.</param>
/// <param name="Fingerprint">A digest of its bytes, or <c>sha256-of-64-samples</c> of a file that was read in parts.</param>
public sealed record LinearFile(int Shard, string Path, Fingerprint Fingerprint);

/// <summary>Which shards and rows of a corpus were measured.</summary>
public sealed record LinearCoverage
{
    /// <summary>Number of shards that can be used.</summary>
    public required int Shards { get; init; }

    /// <summary>Number of rows in them.</summary>
    public required long Rows { get; init; }

    /// <summary>Number of rows that were read.</summary>
    public required long MeasuredRows { get; init; }

    /// <summary>Rows that were not read, because a part is missing.</summary>
    public required IReadOnlyList<ShardRange> Missing { get; init; }

    /// <summary>Shards that were left out because they cannot be used.</summary>
    public required IReadOnlyList<SkippedShard> SkippedShards { get; init; }
}

/// <summary>Two modalities held against each other.</summary>
public sealed record LinearPair
{
    /// <summary>Name of the first modality, x in the formulas.</summary>
    public required string First { get; init; }

    /// <summary>Name of the second modality, y in the formulas.</summary>
    public required string Second { get; init; }

    /// <summary>Number of items that both have.</summary>
    public required long Items { get; init; }

    /// <summary>What the numbers say.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Every number, by <see cref="Measurement.Key"/>, in the order of the catalogue.</summary>
    public required IReadOnlyDictionary<string, Measurement> Measures { get; init; }

    /// <summary>The coordinates that carry most of the gap, largest share first.</summary>
    public required IReadOnlyList<DimensionShare> TopDimensions { get; init; }

    /// <summary>Groups of the pairs, the largest first; <c>null</c> where none were asked for.</summary>
    public IReadOnlyList<LinearGroup>? Groups { get; init; }

    /// <summary>What needs every pair of rows, of a sample; <c>null</c> where it was not asked for.</summary>
    public LinearSample? Sample { get; init; }

    /// <summary>What concerns this pair.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
