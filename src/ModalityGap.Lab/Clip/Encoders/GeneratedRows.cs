using Microsoft.Extensions.AI;

namespace ModalityGap.Lab.Clip.Encoders;

/// <summary>What both generators do: batches, on a thread of the pool, one row a value.</summary>
internal static class GeneratedRows
{
    private const int Batch = 32;

    public static Task<GeneratedEmbeddings<Embedding<float>>> Make<T>(
        ClipEncoder encoder, IEnumerable<T> values, EmbeddingGenerationOptions? options, Func<T[], float[]> encode, CancellationToken cancellation)
    {
        int dimensions = encoder.Towers.Dimensions;
        if (options?.Dimensions is { } asked && asked != dimensions)
            throw new NotSupportedException($"The model has {dimensions} dimensions, not {asked}.");
        return Task.Run(
            () =>
            {
                var generated = new GeneratedEmbeddings<Embedding<float>>();
                foreach (T[] batch in values.Chunk(Batch))
                {
                    cancellation.ThrowIfCancellationRequested();
                    float[] rows = encode(batch);
                    for (int i = 0; i < batch.Length; i++)
                        generated.Add(new Embedding<float>(rows.AsMemory(i * dimensions, dimensions)) { ModelId = ModelOf(encoder) });
                }
                return generated;
            },
            cancellation);
    }

    public static object? Service(object generator, ClipEncoder encoder, Type type, object? key)
    {
        ArgumentNullException.ThrowIfNull(type);
        return key is not null
            ? null
            : type == typeof(EmbeddingGeneratorMetadata)
                ? new EmbeddingGeneratorMetadata("modgap-lab", null, ModelOf(encoder), encoder.Towers.Dimensions)
                : type.IsInstanceOfType(generator) ? generator : null;
    }

    private static string ModelOf(ClipEncoder encoder) => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(encoder.Location))!);
}
