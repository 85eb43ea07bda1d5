using ModalityGap.Embeddings;
using ModalityGap.Lab.Classification;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Runs;

namespace ModalityGap.Lab.Reproduction.Materials;

/// <summary>The CLIP model among what the user brought, and tasks embedded by it.</summary>
internal sealed class GivenClip : IDisposable
{
    /// <summary>In the quick setting so many pictures of a task are drawn.</summary>
    public const int QuickPictures = 500;

    private GivenClip(ClipEncoder encoder, int patch)
    {
        Encoder = encoder;
        HasPublishedShape = IsVitB(encoder, patch);
    }

    public ClipEncoder Encoder { get; }

    /// <summary>Whether it has the shape of the paper's model; whether it has its weights cannot be seen.</summary>
    public bool HasPublishedShape { get; }

    public string Shape => Encoder.Checkpoint?.Model.Architecture.ToString() ?? $"an ONNX model of {Encoder.Towers.Dimensions} dimensions";

    /// <summary>Opens the model of the paper's shape, ViT-B with these patches, else the first that is a CLIP model.</summary>
    /// <exception cref="EmbeddingDataException">None is.</exception>
    public static GivenClip Open(IReadOnlyList<string> models, int patch)
    {
        ClipEncoder? first = null;
        EmbeddingDataException? fault = null;
        foreach (string model in models)
        {
            ClipEncoder encoder;
            try
            {
                encoder = ClipEncoder.Open(model);
            }
            catch (EmbeddingDataException refused)
            {
                // Weights of another kind are for other experiments.
                fault ??= refused;
                continue;
            }
            if (IsVitB(encoder, patch))
            {
                first?.Dispose();
                return new GivenClip(encoder, patch);
            }
            if (first is null)
                first = encoder;
            else
                encoder.Dispose();
        }
        return first is not null ? new GivenClip(first, patch) : throw fault!;
    }

    /// <summary>The seed of a task's halves and resamples, from the experiment's own stream.</summary>
    public static long SeedOf(ExperimentContext context, ZeroShotTask task) => (long)(context.Random.Fork("seed/" + task.Id).NextBits() >> 1);

    /// <summary>Embeds a task's pictures, in the quick setting some of them, and its prompts; what is finished is kept until the experiment is.</summary>
    public EmbeddedTask Embed(ExperimentContext context, ZeroShotTask task, string folder, double done, double share)
    {
        LabelledPictures pictures = LabelledPictures.Find(folder, null, task);
        if (!context.IsFull)
            pictures = pictures.Draw(QuickPictures, context.Random.Fork(task.Id));
        return TaskEmbedding.Run(
            Encoder,
            task,
            pictures,
            new EmbeddingRequest { Folder = context.Beside(task.Id), ShardItems = 1000 },
            now => context.Tell($"{task.Id}, {now.Stage}", done + share * now.Fraction),
            context.Work.Cancellation);
    }

    public void Dispose() => Encoder.Dispose();

    private static bool IsVitB(ClipEncoder encoder, int patch) =>
        encoder.Checkpoint?.Model.Architecture is { Dimensions: 512, Image: { Width: 768, Depth: 12 } image } && image.Patch == patch;
}
