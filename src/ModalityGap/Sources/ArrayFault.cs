namespace ModalityGap.Sources;

/// <summary>Why an array cannot be used as embeddings, and the way out.</summary>
internal sealed record ArrayFault(string Fault, string Remedy);
