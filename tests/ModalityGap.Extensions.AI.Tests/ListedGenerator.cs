using Microsoft.Extensions.AI;

namespace ModalityGap.Extensions.AI.Tests;

/// <summary>Embeds a number as the vector at that place of a list.</summary>
internal sealed class ListedGenerator(params float[][] vectors) : IEmbeddingGenerator<int, Embedding<float>>
{
    public static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public CancellationTokenSource? CancelAfterwards { get; init; }

    public EmbeddingGenerationOptions? LastOptions { get; private set; }

    public bool Disposed { get; private set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<int> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LastOptions = options;
        var generated = new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(vectors[value])
        {
            CreatedAt = Created,
            ModelId = $"model {value}",
            AdditionalProperties = new AdditionalPropertiesDictionary { ["place"] = value },
        }))
        {
            Usage = new UsageDetails { InputTokenCount = 7, TotalTokenCount = 9 },
            AdditionalProperties = new AdditionalPropertiesDictionary { ["region"] = "north" },
        };
        CancelAfterwards?.Cancel();
        return Task.FromResult(generated);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("listed", defaultModelId: "m") :
        serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => Disposed = true;
}
