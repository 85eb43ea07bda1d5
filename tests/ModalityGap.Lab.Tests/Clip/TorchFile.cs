using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using ModalityGap.Lab.Tensors;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>A state dict as <c>torch.save</c> writes it: a zip with a pickle of protocol 2, byte for byte written here, and a member for each storage.</summary>
internal static class TorchFile
{
    /// <param name="path">Where to.</param>
    /// <param name="tensors">float32 tensors.</param>
    /// <param name="rebuild">What is called for each tensor, a module and a name in it.</param>
    public static void Write(string path, IReadOnlyList<NamedTensor> tensors, string rebuild = "torch._utils\n_rebuild_tensor_v2")
    {
        using ZipArchive archive = new(File.Create(path), ZipArchiveMode.Create);
        Add(archive, "model/data.pkl", Pickle(tensors, rebuild));
        Add(archive, "model/byteorder", "little"u8.ToArray());
        for (int i = 0; i < tensors.Count; i++)
            Add(archive, $"model/data/{i}", MemoryMarshal.AsBytes(((float[])tensors[i].Values).AsSpan()).ToArray());
        Add(archive, "model/version", "3\n"u8.ToArray());
    }

    private static byte[] Pickle(IReadOnlyList<NamedTensor> tensors, string rebuild)
    {
        List<byte> code = [0x80, 2, .. OrderedDictionary(), (byte)'('];
        for (int i = 0; i < tensors.Count; i++)
        {
            NamedTensor tensor = tensors[i];
            code.AddRange([
                .. Text(tensor.Name), .. Global(rebuild), (byte)'(',
                // The storage, a persistent id: ('storage', FloatStorage, key, 'cpu', count).
                (byte)'(', .. Text("storage"), .. Global("torch\nFloatStorage"), .. Text($"{i}"), .. Text("cpu"), .. Whole(tensor.Values.Length), (byte)'t', (byte)'Q',
                // Offset, shape, strides, requires_grad, hooks.
                .. Whole(0), .. Tuple(tensor.Shape), .. Tuple(Strides(tensor.Shape)), 0x89, .. OrderedDictionary(),
                (byte)'t', (byte)'R',
            ]);
        }
        return [.. code, (byte)'u', (byte)'.'];
    }

    private static byte[] OrderedDictionary() => [.. Global("collections\nOrderedDict"), (byte)')', (byte)'R'];

    private static byte[] Global(string name) => [(byte)'c', .. Encoding.ASCII.GetBytes(name), (byte)'\n'];

    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)'X', .. BitConverter.GetBytes(bytes.Length), .. bytes];
    }

    private static byte[] Whole(long value) => [(byte)'J', .. BitConverter.GetBytes((int)value)];

    private static byte[] Tuple(long[] values) => [(byte)'(', .. values.SelectMany(Whole), (byte)'t'];

    private static long[] Strides(long[] shape) =>
        [.. shape.Select((_, axis) => shape[(axis + 1)..].Aggregate(1L, (product, length) => product * length))];

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using Stream member = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        member.Write(content);
    }
}
