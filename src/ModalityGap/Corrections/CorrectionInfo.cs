namespace ModalityGap.Corrections;

/// <summary>What a correction is: the one source of explanations, documentation and the report.</summary>
public sealed record CorrectionInfo
{
    /// <summary>Stable kebab-case id, such as <c>mean-removal</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The literature's name.</summary>
    public required string Name { get; init; }

    /// <summary>What to do, as an order without a full stop, such as "subtract from every row the mean of its own modality".</summary>
    public required string Description { get; init; }

    /// <summary>The formula in plain text; x, y are unit rows of the first and the second modality, x', y' what becomes of them.</summary>
    public required string Formula { get; init; }

    /// <summary>What can be chosen.</summary>
    public IReadOnlyList<CorrectionParameter> Parameters { get; init; } = [];

    /// <summary>Whether it must know which rows match.</summary>
    public bool NeedsPairs { get; init; }

    /// <summary>What changes in a running system, in one sentence.</summary>
    public required string Deployment { get; init; }

    /// <summary>Where it was defined.</summary>
    public required string Reference { get; init; }
}

/// <summary>A choice that a correction leaves.</summary>
/// <param name="Name">Its name in kebab-case.</param>
/// <param name="Default">What it is unless something else is said.</param>
/// <param name="Meaning">What it does, as a sentence.</param>
public sealed record CorrectionParameter(string Name, string Default, string Meaning);
