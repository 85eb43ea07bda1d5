using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>What the linear measures need of a pair of modalities: moments of all pairs, and the pairs at hand, which may be a sample of them.</summary>
/// <param name="Held">The pairs at hand, one to one.</param>
/// <param name="Moments">Moments of all pairs.</param>
/// <param name="Work">How to work.</param>
internal sealed record LinearEvidence(PairedEmbeddings Held, PairMoments Moments, WorkContext Work)
{
    public string First => Held.First.Modality.Name;

    public string Second => Held.Second.Modality.Name;
}
