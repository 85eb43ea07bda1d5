using ModalityGap.Embeddings;

namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>A CLIP model as its files hold it, and what was noticed.</summary>
public sealed class ClipCheckpoint : IDisposable
{
    private ClipCheckpoint(ClipModel model, ClipModelFiles files, PublishedTensors tensors, int used, IReadOnlyList<Finding> findings)
    {
        (Model, Files, Findings) = (model, files, findings);
        (Naming, Types, StoredTensors, UsedTensors, IgnoredTensors) = (tensors.Naming, tensors.Types, tensors.StoredCount, used, tensors.Ignored.Count);
    }

    /// <summary>The model, in evaluation mode.</summary>
    public ClipModel Model { get; }

    /// <summary>How its tensors are named.</summary>
    public ClipNaming Naming { get; }

    /// <summary>The element types of the stored tensors.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>How many tensors the files hold.</summary>
    public int StoredTensors { get; }

    /// <summary>How many of them became weights.</summary>
    public int UsedTensors { get; }

    /// <summary>How many say nothing of the weights: sizes, masks, counters of batches are among the rest.</summary>
    public int IgnoredTensors { get; }

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    internal ClipModelFiles Files { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="path">Its folder, or the file of its weights: safetensors or a PyTorch checkpoint, in OpenAI's, open_clip's or Hugging Face's naming.</param>
    /// <exception cref="EmbeddingDataException">It is no CLIP model, incomplete, damaged, or of an unknown architecture.</exception>
    public static ClipCheckpoint Load(string path) => Load(ClipModelFiles.Find(path));

    internal static ClipCheckpoint Load(ClipModelFiles files)
    {
        using TensorCatalog catalog = TensorCatalog.Open(files.Weights);
        PublishedTensors tensors = PublishedTensors.Of(catalog);
        (ClipArchitecture architecture, IReadOnlyList<Finding> findings) = ArchitectureReading.Read(tensors, files.Configuration(tensors.Naming));
        ClipModel model = ClipModel.Create(architecture);
        try
        {
            return new ClipCheckpoint(model, files, tensors, TensorAccount.Fill(model, architecture.ToString(), tensors), findings);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
