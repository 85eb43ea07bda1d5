namespace ModalityGap.Corrections;

/// <summary>A way to bring two modalities closer, before it has seen data. It does not know how it will be judged.</summary>
public interface ICorrection
{
    /// <summary>What it is.</summary>
    CorrectionInfo Info { get; }

    /// <summary>The values that its parameters have here, by name, in the invariant culture.</summary>
    IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>Learns from rows of both modalities.</summary>
    /// <exception cref="Embeddings.EmbeddingDataException">The rows are too few, do not vary, or lack the pairs that it needs.</exception>
    FittedCorrection Fit(CorrectionSample sample);
}
