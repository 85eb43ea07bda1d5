using Microsoft.Extensions.AI;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Pixels;

namespace ModalityGap.Lab.Clip.Encoders;

/// <summary>Encoded pictures to embeddings in pipelines of Microsoft.Extensions.AI; not set to norm 1.</summary>
/// <param name="encoder">The model; the caller disposes of it.</param>
public sealed class ClipImageGenerator(ClipEncoder encoder) : IEmbeddingGenerator<DataContent, Embedding<float>>
{
    /// <inheritdoc/>
    /// <exception cref="EmbeddingDataException">One is no picture, or a damaged one: a row for each is promised.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<DataContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return GeneratedRows.Make(encoder, values, options, batch => (encoder.EncodeImages([.. batch.Select(Prepare)]), 0), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => GeneratedRows.Service(this, encoder, serviceType, serviceKey);

    /// <summary>Nothing of its own.</summary>
    public void Dispose()
    {
        // The model belongs to the caller.
    }

    private float[] Prepare(DataContent content) => ClipPreprocessing.Read(content.Data.ToArray(), encoder.Pixels, out string? fault)
        ?? throw new EmbeddingDataException(content.Name ?? content.MediaType, $"the picture {fault}.", "Leave it out, or repair it.");
}
