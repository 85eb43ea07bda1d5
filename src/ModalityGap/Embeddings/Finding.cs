namespace ModalityGap.Embeddings;

/// <summary>Something that a reader of the result should know, though it did not stop the analysis.</summary>
/// <param name="Id">A stable kebab-case id, such as <c>duplicate-rows</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found and what it means, in one or two sentences.</param>
public sealed record Finding(string Id, FindingSeverity Severity, string Message);

/// <summary>How much a <see cref="Finding"/> matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>The numbers may not mean what they seem to mean.</summary>
    Warning,
}
