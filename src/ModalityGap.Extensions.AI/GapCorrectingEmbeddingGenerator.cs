using Microsoft.Extensions.AI;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;

namespace ModalityGap.Extensions.AI;

/// <summary>
/// Corrects every vector that an inner generator makes: set to norm 1, then corrected. All else that it says (usage, model, time, additional
/// properties) stays. The inner generator's own embeddings are not changed.
/// </summary>
/// <typeparam name="TInput">What is embedded.</typeparam>
public sealed class GapCorrectingEmbeddingGenerator<TInput> : DelegatingEmbeddingGenerator<TInput, Embedding<float>>
{
    private readonly VectorCorrection vectors;

    /// <summary>Puts a correction behind a generator.</summary>
    /// <param name="inner">What makes the embeddings.</param>
    /// <param name="correction">What is done to them.</param>
    /// <param name="modality">Of which modality they are, by its name in the correction.</param>
    /// <param name="options">How; default <see cref="GapCorrectionOptions"/> as it is.</param>
    /// <exception cref="ArgumentException">The correction knows nothing about this modality.</exception>
    public GapCorrectingEmbeddingGenerator(
        IEmbeddingGenerator<TInput, Embedding<float>> inner, FittedCorrection correction, Modality modality, GapCorrectionOptions? options = null)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(correction);
        options ??= new GapCorrectionOptions();
        (Correction, Role) = (correction, new RowRole(modality, options.AreQueries));
        vectors = new VectorCorrection(correction, Role, options.Baked);
    }

    /// <summary>What is done to the embeddings.</summary>
    public FittedCorrection Correction { get; }

    /// <summary>What they are used as.</summary>
    public RowRole Role { get; }

    /// <summary>Embeds the values and corrects what comes back.</summary>
    /// <param name="values">What is embedded.</param>
    /// <param name="options">Handed on; but the number of dimensions is that of the model that the correction was fitted for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EmbeddingDataException">An embedding has other dimensions than the correction takes, or no direction.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        GeneratedEmbeddings<Embedding<float>> generated = await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
        var corrected = new GeneratedEmbeddings<Embedding<float>>(generated.Count)
        {
            Usage = generated.Usage,
            AdditionalProperties = generated.AdditionalProperties,
        };
        foreach (Embedding<float> embedding in generated)
        {
            cancellationToken.ThrowIfCancellationRequested();
            corrected.Add(new Embedding<float>(vectors.Apply(embedding.Vector.Span))
            {
                CreatedAt = embedding.CreatedAt,
                ModelId = embedding.ModelId,
                AdditionalProperties = embedding.AdditionalProperties,
            });
        }
        return corrected;
    }
}
