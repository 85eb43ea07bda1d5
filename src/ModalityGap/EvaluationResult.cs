using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>What embeddings are good for, as they are and perhaps after a correction.</summary>
public sealed record EvaluationResult
{
    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Name and version of the program.</summary>
    public required string Tool { get; init; }

    /// <summary>What was found in the inputs, in one line.</summary>
    public required string Detected { get; init; }

    /// <summary>The first modality, which is classified.</summary>
    public required string First { get; init; }

    /// <summary>The second modality.</summary>
    public required string Second { get; init; }

    /// <summary>The modality that asks in mixed and fused search; left out where nothing asks for documents of both.</summary>
    public string? Query { get; init; }

    /// <summary>Number of items.</summary>
    public required int Items { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required long Seed { get; init; }

    /// <summary>Where the texts of the classes are from, in words; left out without labels.</summary>
    public string? ClassTexts { get; init; }

    /// <summary>The correction that was applied, by its id; left out without one.</summary>
    public string? Correction { get; init; }

    /// <summary>The numbers of the rows as they are.</summary>
    public required EvaluationNumbers Raw { get; init; }

    /// <summary>The numbers after the correction.</summary>
    public EvaluationNumbers? Corrected { get; init; }

    /// <summary>What the correction does to predictions.</summary>
    public PredictionChange? Predictions { get; init; }

    /// <summary>What the correction does to every number, compared on the same queries, images and galleries.</summary>
    public required IReadOnlyList<NumberChange> Changes { get; init; }

    /// <summary>Top-1 and R@1 along the gap of the rows as they are, and the best shift, chosen fairly and as the paper chose it.</summary>
    public required IReadOnlyList<SweepResult> Sweeps { get; init; }

    /// <summary>The other numbers along the gap, at the shifts that the paper prints.</summary>
    public required IReadOnlyList<ShiftPoint> AlongGap { get; init; }

    /// <summary>What was not evaluated, and why.</summary>
    public required IReadOnlyList<MissingPart> Missing { get; init; }

    /// <summary>What makes the numbers doubtful.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>Everything that one set of rows was evaluated by; what could not be is left out.</summary>
public sealed record EvaluationNumbers
{
    /// <summary>Search across the modalities, in both directions.</summary>
    public required IReadOnlyList<Measurement> Retrieval { get; init; }

    /// <summary>Search in galleries with documents of either modality, by share.</summary>
    public MixedSearchTable? MixedSearch { get; init; }

    /// <summary>Search with both rows of an item fused into one, by weight.</summary>
    public FusedSearchResult? Fused { get; init; }

    /// <summary>Zero-shot classification.</summary>
    public ZeroShotResult? ZeroShot { get; init; }

    /// <summary>Rates by group.</summary>
    public GroupTable? Groups { get; init; }

    /// <summary>k-means against the labels.</summary>
    public required IReadOnlyList<ClusteringResult> Clustering { get; init; }

    /// <summary>Search under noise and coarse storage.</summary>
    public required IReadOnlyList<RobustnessRow> Robustness { get; init; }
}

/// <summary>One number before and after a correction.</summary>
/// <param name="Id">Which number.</param>
/// <param name="Subject">Of what: a direction, a group and a class set, rows; <c>null</c> for the whole.</param>
/// <param name="Before">As the rows are.</param>
/// <param name="After">After the correction.</param>
/// <param name="Difference">After less before; with a paired interval where the number is a mean over units.</param>
/// <param name="McNemar">The p-value of the paired test, where a unit is a hit or not.</param>
public sealed record NumberChange(string Id, string? Subject, Estimate Before, Estimate After, Estimate Difference, Estimate? McNemar = null);

/// <summary>
/// Numbers after one shift along the gap between the two modalities; those by group along the gap of the task, from the class texts to what is classified.
/// </summary>
/// <param name="Shift">δ; 0 is the data as it is, a positive one brings the modalities nearer.</param>
/// <param name="SignedDistance">The gap that remains, negative where the modalities have changed sides.</param>
/// <param name="Numbers">Mixed search, clustering, robustness.</param>
/// <param name="Groups">Rates by group; left out without groups.</param>
public sealed record ShiftPoint(double Shift, double SignedDistance, IReadOnlyList<Measurement> Numbers, IReadOnlyList<GroupRow>? Groups = null);

/// <summary>A part that was not evaluated.</summary>
/// <param name="Part">Which: <c>mixed-search</c>, <c>zero-shot</c>, <c>groups</c>, <c>clustering</c>, <c>sweep</c>.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record MissingPart(string Part, string Reason);
