using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>The tensors of a model's files by name, read when they are asked for: safetensors, in one file or several, or a PyTorch checkpoint.</summary>
internal sealed class TensorCatalog : IDisposable
{
    private const string Convert =
        "Convert it once, where you trust it: python -c \"import torch, safetensors.torch as s; "
        + "m = torch.load('model.pt', map_location='cpu', weights_only=False); "
        + "m = m.state_dict() if hasattr(m, 'state_dict') else m.get('state_dict', m); "
        + "s.save_file({k: v.contiguous() for k, v in m.items()}, 'model.safetensors')\" (torch.jit.load for a TorchScript file).";

    private readonly List<SourceFile> files = [];
    private readonly Dictionary<string, (SourceFile File, StoredArray Array)> tensors = new(StringComparer.Ordinal);

    private TensorCatalog(string path) => Location = path;

    /// <summary>The file, or the first of them.</summary>
    public string Location { get; }

    /// <summary>The names of all tensors.</summary>
    public IReadOnlyCollection<string> Names => tensors.Keys;

    /// <summary>The element types that occur, such as float16.</summary>
    public IEnumerable<string> Types => tensors.Values.Where(entry => entry.Array.Type.IsFloat).Select(entry => entry.Array.Type.Name).Distinct().Order();

    /// <summary>Opens files that together hold a model.</summary>
    /// <exception cref="EmbeddingDataException">One cannot be read, is damaged, or is a PyTorch file that runs code.</exception>
    public static TensorCatalog Open(params IReadOnlyList<string> paths)
    {
        var catalog = new TensorCatalog(paths[0]);
        try
        {
            foreach (string path in paths)
                catalog.Add(path);
            return catalog;
        }
        catch
        {
            catalog.Dispose();
            throw;
        }
    }

    public long[] ShapeOf(string name) => [.. tensors[name].Array.Shape];

    /// <summary>Gives the values, as float32 in row-major order, to a target of their number.</summary>
    public void Read(string name, Memory<float> target)
    {
        (SourceFile file, StoredArray array) = tensors[name];
        if (!array.Type.IsFloat)
            throw file.Fault($"the tensor {Shown.Name(name)} is of type {array.Type.Name}, not of floats.", "Quantised models are not read: take the original one.");
        if (array.FortranOrder && array.Shape.Count > 1)
        {
            ReadColumns(array, target);
            return;
        }
        array.Bytes.ReadBlocks(
            array.DataOffset,
            (offset, block) => NumberConversion.ToSingle(
                array.Type, block, target.Span.Slice((int)(offset / array.Type.Size), block.Length / array.Type.Size)),
            default);
    }

    public void Dispose()
    {
        foreach (SourceFile file in files)
            file.Dispose();
    }

    private void Add(string path)
    {
        SourceFile file = SourceFile.Open(path);
        files.Add(file);
        foreach (StoredArray array in List(file))
            if (array.Key is null || !tensors.TryAdd(array.Key, (file, array)))
                throw file.Fault(
                    array.Key is null ? "it holds a tensor without a name." : $"the tensor {Shown.Name(array.Key)} is in two files.",
                    "Name the files of one model.");
    }

    private static IReadOnlyList<StoredArray> List(SourceFile file)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(16, file.Length)];
        file.ReadAt(0, start);
        if (SafetensorsArrays.Begins(start) || Path.GetExtension(file.Path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
            return SafetensorsArrays.List(file);
        var torch = new TorchFormat();
        if (!torch.Recognises(file, start, Path.GetExtension(file.Path)))
            throw file.Fault("it is neither safetensors nor a PyTorch checkpoint.", "Name the model's folder or its model.safetensors.");
        try
        {
            return torch.List(file);
        }
        catch (EmbeddingDataException refused)
        {
            throw file.Fault(refused.Fault, Convert, refused);
        }
    }

    // The first axis runs fastest.
    private static void ReadColumns(StoredArray array, Memory<float> target)
    {
        var stored = new float[target.Length];
        array.Bytes.ReadBlocks(
            array.DataOffset,
            (offset, block) => NumberConversion.ToSingle(
                array.Type, block, stored.AsSpan((int)(offset / array.Type.Size), block.Length / array.Type.Size)),
            default);
        Span<float> values = target.Span;
        var index = new long[array.Shape.Count];
        foreach (float value in stored)
        {
            long at = 0;
            for (int axis = 0; axis < index.Length; axis++)
                at = at * array.Shape[axis] + index[axis];
            values[(int)at] = value;
            for (int axis = 0; axis < index.Length && ++index[axis] == array.Shape[axis]; axis++)
                index[axis] = 0;
        }
    }
}
