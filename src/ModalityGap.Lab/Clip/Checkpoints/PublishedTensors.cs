using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>A model's files as tensors with our names, whatever the files call them.</summary>
internal sealed class PublishedTensors
{
    private const string Known =
        "Known are CLIP models with a ViT or a ModifiedResNet and CLIP's own text transformer, as openai/CLIP, open_clip and transformers' CLIPModel save them. "
        + "Export another model to ONNX (one file a tower), and name that folder.";

    // What tells a model, in each naming; what comes before it comes before every name.
    private static readonly string[] OpenClipTells = ["visual.conv1.weight", "visual.class_embedding", "visual.layer1.0.conv1.weight"];
    private const string HuggingFaceTell = "vision_model.embeddings.class_embedding";

    private readonly TensorCatalog catalog;
    private readonly Dictionary<string, Published> tensors = new(StringComparer.Ordinal);

    private PublishedTensors(TensorCatalog catalog, ClipNaming naming, string before)
    {
        (this.catalog, Naming) = (catalog, naming);
        bool hugging = naming == ClipNaming.HuggingFace;
        foreach (string name in catalog.Names.Order(StringComparer.Ordinal))
        {
            string inner = name.StartsWith(before, StringComparison.Ordinal) ? name[before.Length..] : "";
            bool isPart = inner.Length > 0 || before.Length == 0;
            if (!isPart || (hugging ? HuggingFaceNames.IsWeightless(inner) : OpenClipNames.IsWeightless(inner)))
                Ignored.Add(name);
            else
                Add(name, hugging ? HuggingFaceNames.Read(inner) : OpenClipNames.Read(inner));
        }
    }

    private PublishedTensors(TensorCatalog catalog, Predicate<string> isIgnored)
    {
        this.catalog = catalog;
        foreach (string name in catalog.Names.Order(StringComparer.Ordinal))
            if (isIgnored(name))
                Ignored.Add(name);
            else
                Add(name, new TensorPart(name));
    }

    public string Location => catalog.Location;

    public ClipNaming Naming { get; }

    /// <summary>How many tensors the files hold.</summary>
    public int StoredCount => catalog.Names.Count;

    /// <summary>The element types that occur.</summary>
    public IReadOnlyList<string> Types => [.. catalog.Types];

    /// <summary>Tensors that say nothing of the weights: sizes, masks, an optimiser's state beside the model.</summary>
    public List<string> Ignored { get; } = [];

    /// <summary>Our names of all others.</summary>
    public IEnumerable<string> Names => tensors.Keys;

    /// <summary>Finds out how the tensors are named.</summary>
    /// <exception cref="EmbeddingDataException">They are no CLIP model's.</exception>
    public static PublishedTensors Of(TensorCatalog catalog)
    {
        foreach (string name in catalog.Names)
        {
            if (name.EndsWith(HuggingFaceTell, StringComparison.Ordinal))
                return new PublishedTensors(catalog, ClipNaming.HuggingFace, name[..^HuggingFaceTell.Length]);
            if (OpenClipTells.FirstOrDefault(tell => name.EndsWith(tell, StringComparison.Ordinal)) is { } found)
                return new PublishedTensors(catalog, ClipNaming.OpenClip, name[..^found.Length]);
        }
        string[] some = [.. catalog.Names.Order(StringComparer.Ordinal).Select(Shown.Name)];
        throw new EmbeddingDataException(
            catalog.Location, $"it is no CLIP model of a known architecture ({some.Length} tensors: {Shown.Some(some, 4)}).", Known);
    }

    /// <summary>Tensors that are named as ours.</summary>
    /// <param name="catalog">The files.</param>
    /// <param name="isIgnored">What is not read.</param>
    public static PublishedTensors Plain(TensorCatalog catalog, Predicate<string> isIgnored) => new(catalog, isIgnored);

    public bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>The shape that ours has.</summary>
    /// <exception cref="EmbeddingDataException">It is missing.</exception>
    public long[] ShapeOf(string name) => tensors.TryGetValue(name, out Published? published)
        ? published.Shape
        : throw new EmbeddingDataException(
            Location, $"the tensor {Shown.Name(name)} is missing, without which the architecture cannot be told.", Known);

    /// <summary>The names in the files of what makes up ours.</summary>
    public IReadOnlyList<string> StoredNames(string name) => [.. tensors[name].Parts.Where(part => part is not null).Select(part => part!)];

    /// <summary>Reads float32 values in row-major order.</summary>
    public float[] Read(string name)
    {
        Published published = tensors[name];
        long count = published.Shape.Aggregate(1L, (product, length) => checked(product * length));
        var values = new float[count];
        int each = values.Length / published.Parts.Length;
        for (int part = 0; part < published.Parts.Length; part++)
            catalog.Read(published.Parts[part]!, values.AsMemory(part * each, each));
        return published.IsTransposed ? Transposed(values, (int)published.Shape[0], (int)published.Shape[1]) : values;
    }

    /// <summary>Whether a part of queries, keys and values is not there, or their shapes differ.</summary>
    public bool IsIncomplete(string name) => tensors[name].Parts.Any(part => part is null) || tensors[name].IsUneven;

    private void Add(string stored, TensorPart part)
    {
        long[] shape = catalog.ShapeOf(stored);
        if (part.IsTransposed)
            Array.Reverse(shape);
        if (!tensors.TryGetValue(part.Name, out Published? published))
        {
            long[] whole = part.Parts > 1 && shape.Length > 0 ? [part.Parts * shape[0], .. shape[1..]] : shape;
            tensors.Add(part.Name, published = new Published(whole, new string?[part.Parts], part.IsTransposed));
        }
        else if (part.Parts == 1 || published.Parts.Length != part.Parts || published.Parts[part.Part] is not null)
            throw new EmbeddingDataException(Location, $"the tensor {Shown.Name(stored)} is there twice, under two names.", "Name the files of one model.");
        else if (shape.Length == 0 || part.Parts * shape[0] != published.Shape[0] || !shape.AsSpan(1).SequenceEqual(published.Shape.AsSpan(1)))
            published.IsUneven = true;
        published.Parts[part.Part] = stored;
    }

    // Stored is columns x rows.
    private static float[] Transposed(float[] stored, int rows, int columns)
    {
        var values = new float[stored.Length];
        for (int column = 0; column < columns; column++)
            for (int row = 0; row < rows; row++)
                values[row * columns + column] = stored[column * rows + row];
        return values;
    }

    private sealed record Published(long[] Shape, string?[] Parts, bool IsTransposed)
    {
        public bool IsUneven { get; set; }
    }
}
