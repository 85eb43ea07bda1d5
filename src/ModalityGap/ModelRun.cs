using ModalityGap.Embeddings;

namespace ModalityGap;

/// <summary>The embeddings that one model or checkpoint made of the items.</summary>
/// <param name="Name">What it is called in results.</param>
/// <param name="First">One modality.</param>
/// <param name="Second">The other, of the same number of dimensions.</param>
public sealed record ModelRun(string Name, EmbeddingSet First, EmbeddingSet Second);
