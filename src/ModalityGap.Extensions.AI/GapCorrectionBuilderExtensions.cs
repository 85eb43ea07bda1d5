using Microsoft.Extensions.AI;
using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;

namespace ModalityGap.Extensions.AI;

/// <summary>Corrections of the modality gap in a pipeline of embedding generators.</summary>
public static class GapCorrectionBuilderExtensions
{
    /// <summary>Corrects what the generators inside this one make.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="correction">What is done, such as read by <see cref="CorrectionFile.Load"/>.</param>
    /// <param name="modality">Of which modality the embeddings are, by its name in the correction.</param>
    /// <param name="options">How; default <see cref="GapCorrectionOptions"/> as it is.</param>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <exception cref="ArgumentException">When it is built: the correction knows nothing about this modality.</exception>
    public static EmbeddingGeneratorBuilder<TInput, Embedding<float>> UseGapCorrection<TInput>(
        this EmbeddingGeneratorBuilder<TInput, Embedding<float>> builder,
        FittedCorrection correction,
        Modality modality,
        GapCorrectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(correction);
        return builder.Use(inner => new GapCorrectingEmbeddingGenerator<TInput>(inner, correction, modality, options));
    }
}
