namespace ModalityGap.Lab.Data;

/// <summary>Which pictures a model is trained on, and which it meets for the first time afterwards.</summary>
public sealed record DataSplit
{
    /// <summary>Pictures for training: seen items in seen styles.</summary>
    public required IReadOnlyList<int> Train { get; init; }

    /// <summary>Pictures of seen items in a style that training never sees.</summary>
    public required IReadOnlyList<int> UnseenStyle { get; init; }

    /// <summary>Pictures, in the seen styles, of items that training never sees.</summary>
    public required IReadOnlyList<int> UnseenItems { get; init; }

    /// <summary>Pictures of unseen items in the unseen style.</summary>
    public required IReadOnlyList<int> UnseenBoth { get; init; }
}
