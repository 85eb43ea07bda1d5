using ModalityGap.Embeddings;

namespace ModalityGap.Corrections;

/// <summary>A way to bring two modalities closer, before it has seen data. It does not know how it will be judged.</summary>
public interface ICorrection
{
    /// <summary>A stable kebab-case id.</summary>
    string Id { get; }

    /// <summary>What it does, in one sentence.</summary>
    string Description { get; }

    /// <summary>Learns from rows of both modalities, which need not be paired.</summary>
    /// <param name="first">Rows of the first modality, n x d.</param>
    /// <param name="second">Rows of the second modality, m x d.</param>
    IFittedCorrection Fit(UnitEmbeddings first, UnitEmbeddings second);
}

/// <summary>A correction that has learned and can be applied to any rows of the same model.</summary>
public interface IFittedCorrection
{
    /// <summary>Corrects rows of the first modality.</summary>
    /// <exception cref="EmbeddingDataException">A row became zero.</exception>
    UnitEmbeddings ApplyToFirst(UnitEmbeddings rows);

    /// <summary>Corrects rows of the second modality.</summary>
    /// <exception cref="EmbeddingDataException">A row became zero.</exception>
    UnitEmbeddings ApplyToSecond(UnitEmbeddings rows);
}
