using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace ModalityGap.Tests.Sources;

/// <summary>Builds files byte by byte, independently of the readers.</summary>
internal static class SourceBytes
{
    public static byte[] Npy(string type, string shape, byte[] data, bool fortran = false, byte version = 1) =>
        NpyWithHeader($"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}", data, version);

    public static byte[] NpyWithHeader(string header, byte[] data, byte version = 1)
    {
        int fixedBytes = version == 1 ? 10 : 12;
        int padded = (fixedBytes + header.Length + 1 + 63) / 64 * 64;
        var file = new byte[padded + data.Length];
        ((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8, version, 0]).CopyTo(file);
        int length = padded - fixedBytes;
        if (version == 1)
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)length);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), (uint)length);
        file.AsSpan(fixedBytes, length).Fill((byte)' ');
        Encoding.UTF8.GetBytes(header).CopyTo(file, fixedBytes);
        file[padded - 1] = (byte)'\n';
        data.CopyTo(file, padded);
        return file;
    }

    public static byte[] Npz(CompressionLevel level, params (string Key, byte[] Npy)[] members) =>
        Zip(level, [.. members.Select(member => (member.Key + ".npy", member.Npy))]);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] members)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }

    public static byte[] Safetensors(params (string Key, string Type, long[] Shape, byte[] Data)[] tensors)
    {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long at = 0;
        foreach ((string key, string type, long[] shape, byte[] data) in tensors)
        {
            header.Append(CultureInfo.InvariantCulture, $",\"{key}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{at},{at + data.Length}]}}");
            at += data.Length;
        }
        return SafetensorsWithHeader(header.Append('}').ToString(), [.. tensors.SelectMany(tensor => tensor.Data)]);
    }

    public static byte[] SafetensorsWithHeader(string header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, Encoding.UTF8.GetByteCount(header));
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. data];
    }

    public static byte[] Floats(params float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    /// <summary>Values 0, 1, 2, ... as float32.</summary>
    public static byte[] Counting(int count) => Floats([.. Enumerable.Range(0, count).Select(i => (float)i)]);

    /// <summary>Elements as NumPy's type codes store them.</summary>
    public static byte[] Encode(string type, params float[] values) => [.. values.SelectMany(value => EncodeOne(type, value))];

    private static byte[] EncodeOne(string type, float value)
    {
        byte[] bytes = type[1..] switch
        {
            "f2" => BitConverter.GetBytes((Half)value),
            "f4" => BitConverter.GetBytes(value),
            "f8" => BitConverter.GetBytes((double)value),
            "bf" => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)),
            "i1" => [unchecked((byte)(sbyte)value)],
            "u1" => [(byte)value],
            _ => throw new ArgumentException(type),
        };
        if (type[0] == '>')
            Array.Reverse(bytes);
        return bytes;
    }
}
