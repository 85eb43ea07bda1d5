using Microsoft.Extensions.AI;

namespace ModalityGap.Lab.Clip.Encoders;

/// <summary>What both generators do: batches, on a thread of the pool, one row a value.</summary>
internal static class GeneratedRows
{
    /// <summary>The additional property that counts texts whose end was not read.</summary>
    public const string Truncated = "truncated";

    private const int Batch = 32;

    public static Task<GeneratedEmbeddings<Embedding<float>>> Make<T>(
        ClipEncoder encoder, IEnumerable<T> values, EmbeddingGenerationOptions? options, Func<T[], (float[] Rows, int Truncated)> encode, CancellationToken cancellation)
    {
        int dimensions = encoder.Towers.Dimensions;
        if (options?.Dimensions is { } asked && asked != dimensions)
            throw new NotSupportedException($"The model has {dimensions} dimensions, not {asked}.");
        return Task.Run(
            () =>
            {
                int cut = 0;
                var generated = new GeneratedEmbeddings<Embedding<float>>();
                foreach (T[] batch in values.Chunk(Batch))
                {
                    cancellation.ThrowIfCancellationRequested();
                    (float[] rows, int truncated) = encode(batch);
                    for (int i = 0; i < batch.Length; i++)
                        generated.Add(new Embedding<float>(rows.AsMemory(i * dimensions, dimensions)) { ModelId = ModelOf(encoder) });
                    cut += truncated;
                }
                if (cut > 0)
                    generated.AdditionalProperties = new AdditionalPropertiesDictionary { [Truncated] = cut };
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
