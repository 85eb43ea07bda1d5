using Microsoft.Extensions.AI;

namespace ModalityGap.Lab.Clip.Encoders;

/// <summary>Texts to embeddings in pipelines of Microsoft.Extensions.AI; not set to norm 1. Texts that are too long are counted in the additional property <c>truncated</c>.</summary>
/// <param name="encoder">The model; the caller disposes of it.</param>
public sealed class ClipTextGenerator(ClipEncoder encoder) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return GeneratedRows.Make(encoder, values, options, Encode, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => GeneratedRows.Service(this, encoder, serviceType, serviceKey);

    /// <summary>Nothing of its own.</summary>
    public void Dispose()
    {
        // The model belongs to the caller.
    }

    private (float[] Rows, int Truncated) Encode(string[] texts)
    {
        (float[] rows, IReadOnlyList<bool> truncated) = encoder.EncodeTexts(texts);
        return (rows, truncated.Count(one => one));
    }
}
