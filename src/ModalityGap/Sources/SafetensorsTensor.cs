using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ModalityGap.Sources;

/// <summary>A named array of numbers of a program's own, kept to the bit in a safetensors file: float32 or float64.</summary>
internal sealed record SafetensorsTensor(string Name, long[] Shape, float[]? Singles, double[]? Doubles)
{
    /// <summary>A list of float64.</summary>
    public static SafetensorsTensor Of(string name, ReadOnlySpan<double> values) => new(name, [values.Length], null, values.ToArray());

    /// <summary>A matrix of float32.</summary>
    public static SafetensorsTensor Of(string name, ReadOnlySpan<float> values, int columns) =>
        new(name, [values.Length / columns, columns], values.ToArray(), null);

    /// <summary>Writes a safetensors file.</summary>
    public static void WriteAll(Stream target, IReadOnlyList<SafetensorsTensor> tensors)
    {
        SafetensorsHeader.Write(target, tensors.Select(tensor => (
            tensor.Name, tensor.Singles is null ? "F64" : "F32", tensor.Singles is null ? sizeof(double) : sizeof(float), tensor.Shape)));
        foreach (SafetensorsTensor tensor in tensors)
        {
            Span<byte> bytes = tensor.Bytes().ToArray();
            tensor.ToLittleEndian(bytes);
            target.Write(bytes);
        }
    }

    /// <summary>Reads every array of a safetensors file, by name.</summary>
    /// <exception cref="Embeddings.EmbeddingDataException">The file is damaged, or holds other numbers.</exception>
    public static Dictionary<string, SafetensorsTensor> ReadAll(SourceFile file)
    {
        Dictionary<string, SafetensorsTensor> tensors = [];
        foreach (StoredArray array in SafetensorsArrays.List(file))
        {
            long count = StoredArray.Count(array.Shape) ?? 0;
            if (array.Type.Number is not (NumberType.Float32 or NumberType.Float64) || count > Array.MaxLength)
                throw file.Fault($"array {Shown.Name(array.Key!)} is not one of float32 or float64 values that fit in memory.", SafetensorsArrays.Damaged);
            bool single = array.Type.Number == NumberType.Float32;
            var tensor = new SafetensorsTensor(
                array.Key!, [.. array.Shape], single ? new float[count] : null, single ? null : new double[count]);
            ((FileRegion)array.Bytes).ReadAt(array.DataOffset, tensor.Bytes());
            tensor.ToLittleEndian(tensor.Bytes());
            tensors.Add(tensor.Name, tensor);
        }
        return tensors;
    }

    private Span<byte> Bytes() => Singles is null ? MemoryMarshal.AsBytes(Doubles.AsSpan()) : MemoryMarshal.AsBytes(Singles.AsSpan());

    // There and back is the same; on nearly every machine it is nothing.
    private void ToLittleEndian(Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
            return;
        if (Singles is null)
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(bytes), MemoryMarshal.Cast<byte, long>(bytes));
        else
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes), MemoryMarshal.Cast<byte, int>(bytes));
    }
}
