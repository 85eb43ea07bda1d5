namespace ModalityGap.Explanations;

/// <summary>
/// Rows to look at: where the search goes right, where it goes wrong, what it confuses and what it shows too often. Each is one pair as it is,
/// not a sample of others, so its cosine has no interval.
/// </summary>
public sealed record PairExamples
{
    /// <summary>Each list holds at most so many.</summary>
    public const int Listed = 8;

    /// <summary>The search in both directions: the first modality asks, then the second.</summary>
    public required IReadOnlyList<SearchExamples> Searches { get; init; }

    /// <summary>
    /// Rows of different items that lie closest, largest cosine first, at ties by the row of the first modality and then of the second. A row
    /// is in one of them at most, so that one duplicate does not fill the list.
    /// </summary>
    public required IReadOnlyList<ImpostorExample> Impostors { get; init; }
}

/// <summary>Two rows of different items that lie close together.</summary>
public sealed record ImpostorExample
{
    /// <summary>The row of the first modality.</summary>
    public required ExampleRow First { get; init; }

    /// <summary>The row of the second modality.</summary>
    public required ExampleRow Second { get; init; }

    /// <summary>Their cosine, x·y in [-1, 1].</summary>
    public required double Cosine { get; init; }

    /// <summary>The cosine of the first modality's row with its own partner; the best of them where it has several.</summary>
    public required double FirstPartnerCosine { get; init; }

    /// <summary>The rank of that partner when the row asks, from 1.</summary>
    public required long FirstPartnerRank { get; init; }

    /// <summary>The cosine of the second modality's row with its own partner.</summary>
    public required double SecondPartnerCosine { get; init; }

    /// <summary>The rank of that partner when the row asks, from 1.</summary>
    public required long SecondPartnerRank { get; init; }
}
