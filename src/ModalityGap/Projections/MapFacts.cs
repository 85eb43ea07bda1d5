namespace ModalityGap.Projections;

/// <summary>
/// What a reader of a map asks of single pairs; entry k of each list is about the map's <see cref="PairMap.Pairs"/>[k]. They describe these rows and
/// have no intervals.
/// </summary>
public sealed record MapFacts
{
    /// <summary>
    /// The position of each shown row of the first modality in its input, from 0; <c>null</c> where it is the pair's index, as it is when row i belongs to row i and
    /// none was left out.
    /// </summary>
    public IReadOnlyList<int>? FirstRows { get; init; }

    /// <summary>The position of each shown row of the second modality in its input; <c>null</c> where it is the pair's index.</summary>
    public IReadOnlyList<int>? SecondRows { get; init; }

    /// <summary>x·ĝ of the shown rows of the first modality: with it a map knows where any shift along the gap takes them. <c>null</c> where there is no gap.</summary>
    public IReadOnlyList<float>? FirstAlong { get; init; }

    /// <summary>y·ĝ of the shown rows of the second modality.</summary>
    public IReadOnlyList<float>? SecondAlong { get; init; }

    /// <summary>‖Δ‖ over all pairs, as it is: (centroid - centroid)/‖Δ‖ is ĝ in a linear layout.</summary>
    public required double GapLength { get; init; }

    /// <summary>x·y of each pair.</summary>
    public required IReadOnlyList<float> Cosines { get; init; }

    /// <summary>The rank at which the first modality's row finds its partner among all rows of the second, ties against it.</summary>
    public required IReadOnlyList<long> FirstRanks { get; init; }

    /// <summary>The rank at which the second modality's row finds its partner among all rows of the first.</summary>
    public required IReadOnlyList<long> SecondRanks { get; init; }

    /// <summary>The nearest shown rows of each shown row; <c>null</c> on maps of too many pairs.</summary>
    public MapNeighbours? Neighbours { get; init; }
}

/// <summary>
/// The nearest of all shown rows of both modalities, by cosine. Rows are numbered as they stand on the map: k for the first modality's row of
/// <see cref="PairMap.Pairs"/>[k], their number plus k for the second modality's.
/// </summary>
public sealed record MapNeighbours
{
    /// <summary>How many each row has.</summary>
    public required int PerRow { get; init; }

    /// <summary>The neighbours of row r at r·<see cref="PerRow"/> and after, the nearest first.</summary>
    public required IReadOnlyList<int> Before { get; init; }

    /// <summary>The same after a correction that was fitted on all pairs, these among them: to look at, not to judge it by.</summary>
    public IReadOnlyList<int>? After { get; init; }

    /// <summary>The id of that correction.</summary>
    public string? Correction { get; init; }
}
