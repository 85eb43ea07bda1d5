using System.Buffers.Binary;
using System.Text;

namespace ModalityGap.Sources;

/// <summary>
/// The header of an array in NumPy's format: magic, version, length, then a Python dictionary of type, order and shape.
/// </summary>
internal static class NpyHeader
{
    /// <summary>NumPy refuses longer headers too; that of an embedding array has 118 bytes.</summary>
    private const int MostHeaderBytes = 10_000;

    private const string Rewrite = "Write it again with numpy.save.";

    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header and checks that the bytes hold the array that it announces.</summary>
    /// <param name="file">The file, for faults.</param>
    /// <param name="key">The array's key, or <c>null</c>.</param>
    /// <param name="bytes">The whole array with its header.</param>
    public static StoredArray Read(SourceFile file, string? key, StoredBytes bytes)
    {
        string subject = key is null ? "" : $"array {Shown.Name(key)}: ";
        Span<byte> start = stackalloc byte[MostHeaderBytes + 12];
        start = start[..bytes.ReadStart(start)];
        if (start.Length < 10 || !start.StartsWith(Magic))
            throw file.Fault($"{subject}it does not begin as a NumPy array (\\x93NUMPY).", Rewrite);
        (int textStart, long textLength) = start[6] switch
        {
            1 => (10, BinaryPrimitives.ReadUInt16LittleEndian(start[8..])),
            2 or 3 when start.Length >= 12 => (12, BinaryPrimitives.ReadUInt32LittleEndian(start[8..])),
            2 or 3 => throw file.Fault($"{subject}it ends inside its header.", Rewrite),
            byte version => throw file.Fault($"{subject}its format version is {version}; versions 1, 2 and 3 are known.", Rewrite),
        };
        long missing = textLength - (bytes.Length - textStart);
        if (missing > 0)
            throw file.Fault(
                $"{subject}its header announces {Shown.Bytes(textLength)}, of which {Shown.Bytes(missing)} are missing.",
                $"The file is truncated or damaged: copy it again. {Rewrite}");
        if (textLength > MostHeaderBytes)
            throw file.Fault(
                $"{subject}its header has {Shown.Bytes(textLength)}; that of an array of numbers has about 118.",
                "Save the numbers alone: numpy.save('embeddings.npy', x.astype(numpy.float32)).");
        if (start.Length < textStart + textLength)
            throw file.Fault($"{subject}it ends inside its header.", Rewrite);
        Span<char> text = stackalloc char[(int)textLength];
        Encoding.Latin1.GetChars(start.Slice(textStart, text.Length), text);
        NpyDictionary header = NpyDictionary.Parse(text)
            ?? throw file.Fault(
                $"{subject}its header is not the dictionary of descr, fortran_order and shape that NumPy writes.", Rewrite);
        var array = new StoredArray(
            key, NpyType.Of(header.Type), header.Shape, header.FortranOrder, bytes, textStart + textLength);
        CheckLength(file, array);
        return array;
    }

    private static void CheckLength(SourceFile file, StoredArray array)
    {
        string subject = array.Subject;
        string shape = Shown.Shape(array.Shape);
        if (array.Shape.Any(length => length < 0))
            throw file.Fault($"{subject}its header gives a negative length, {shape}.", Rewrite);
        // What cannot be read is not measured: its own fault says more.
        if (array.Type.Number is null)
            return;
        long held = array.Bytes.Length - array.DataOffset;
        if (StoredArray.Count(array.Shape) is not long count || count > long.MaxValue / array.Type.Size)
            throw file.Fault($"{subject}its header announces the impossible shape {shape}; {Shown.Bytes(held)} follow.", Rewrite);
        long wanted = count * array.Type.Size;
        string needs = $"{subject}shape {shape} of {array.Type.Name} needs {Shown.Bytes(wanted)} of data";
        if (wanted > held)
            throw file.Fault(
                $"{needs}, {Shown.Bytes(held)} are there: {Shown.Bytes(wanted - held)} are missing.",
                "The file is truncated or its header is wrong: copy or write it again.");
        if (wanted < held)
            throw file.Fault(
                $"{needs}, but {Shown.Bytes(held - wanted)} more follow.",
                "Several arrays in one file? Save them with numpy.savez('pair.npz', image=x, text=y), or one file each.");
    }
}
