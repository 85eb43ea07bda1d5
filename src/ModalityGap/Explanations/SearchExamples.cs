namespace ModalityGap.Explanations;

/// <summary>What one modality finds in the other. Ranks are over all rows, hubs over the first row of each item, as in the measures.</summary>
public sealed record SearchExamples
{
    /// <summary>The modality that asks.</summary>
    public required string Query { get; init; }

    /// <summary>The modality that is searched.</summary>
    public required string Document { get; init; }

    /// <summary>The queries whose partner ranks worst; at the same rank the ones furthest behind, then by row.</summary>
    public required IReadOnlyList<MatchExample> Worst { get; init; }

    /// <summary>The queries whose partner is furthest ahead of every wrong document, by row at ties.</summary>
    public required IReadOnlyList<MatchExample> Best { get; init; }

    /// <summary>
    /// The documents that stand in the most queries' first ten, by row at ties; only those above the average of ten, none with ten documents
    /// or fewer.
    /// </summary>
    public required IReadOnlyList<HubExample> Hubs { get; init; }
}

/// <summary>A query, its partner and what competes with it.</summary>
public sealed record MatchExample
{
    /// <summary>The row that asks.</summary>
    public required ExampleRow Query { get; init; }

    /// <summary>Its partner; the nearest of them where it has several.</summary>
    public required ExampleRow Partner { get; init; }

    /// <summary>Their cosine, x·y in [-1, 1].</summary>
    public required double Cosine { get; init; }

    /// <summary>The partner's rank, from 1; a wrong document with the same cosine counts as ahead.</summary>
    public required long Rank { get; init; }

    /// <summary>The nearest document of another item: what came first instead where the rank is above 1, else the runner-up.</summary>
    public required ExampleRow Rival { get; init; }

    /// <summary>The rival's cosine.</summary>
    public required double RivalCosine { get; init; }
}

/// <summary>A document that many queries are shown.</summary>
public sealed record HubExample
{
    /// <summary>The document.</summary>
    public required ExampleRow Document { get; init; }

    /// <summary>In how many queries' first ten it stands; ten on average.</summary>
    public required int Lists { get; init; }

    /// <summary>The nearest of those queries that belong to other items, three at most.</summary>
    public required IReadOnlyList<ExampleRow> Queries { get; init; }
}
