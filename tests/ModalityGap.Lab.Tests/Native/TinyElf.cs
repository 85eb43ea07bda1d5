using System.Buffers.Binary;
using System.Text;

namespace ModalityGap.Lab.Tests.Native;

/// <summary>The smallest ELF library that asks for a version: sections without code.</summary>
internal static class TinyElf
{
    private const int Header = 64;

    public static byte[] With(string version, string[] symbolsOfVersion, int? relocatedTo = null, ushort flags = 0)
    {
        var names = new List<byte> { 0 };
        uint Name(string text)
        {
            uint at = (uint)names.Count;
            names.AddRange(Encoding.ASCII.GetBytes(text));
            names.Add(0);
            return at;
        }
        var needs = new byte[32];
        U16(needs, 0, 1);
        U16(needs, 2, 1);
        U32(needs, 4, Name("libstdc++.so.6"));
        U32(needs, 8, 16);
        U16(needs, 16 + 4, flags);
        U16(needs, 16 + 6, 5);
        U32(needs, 16 + 8, Name(version));
        string[] symbols = ["", "other", .. symbolsOfVersion];
        var table = new byte[24 * symbols.Length];
        var versions = new byte[2 * symbols.Length];
        for (int i = 1; i < symbols.Length; i++)
        {
            U32(table, 24 * i, Name(symbols[i]));
            U16(versions, 2 * i, (ushort)(i == 1 ? 1 : 5));
        }
        var relocation = new byte[24];
        U32(relocation, 12, (uint)(relocatedTo is { } index ? index + 2 : 1));
        return Assemble((3, [.. names], 0, 0), (11, table, 1, 0), (0x6FFFFFFF, versions, 2, 0), (0x6FFFFFFE, needs, 1, 1), (4, relocation, 2, 0));
    }

    private static byte[] Assemble(params (uint Type, byte[] Content, uint Link, uint Info)[] sections)
    {
        using var file = new MemoryStream();
        var header = new byte[Header];
        ((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1]).CopyTo(header);
        file.Write(header);
        var table = new byte[64 * (sections.Length + 1)];
        for (int i = 0; i < sections.Length; i++)
        {
            int at = 64 * (i + 1);
            U32(table, at + 4, sections[i].Type);
            U64(table, at + 24, (ulong)file.Position);
            U64(table, at + 32, (ulong)sections[i].Content.Length);
            U32(table, at + 40, sections[i].Link);
            U32(table, at + 44, sections[i].Info);
            file.Write(sections[i].Content);
        }
        long start = file.Position;
        file.Write(table);
        byte[] whole = file.ToArray();
        U64(whole, 40, (ulong)start);
        U16(whole, 60, (ushort)(sections.Length + 1));
        return whole;
    }

    private static void U16(byte[] bytes, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), value);

    private static void U32(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);

    private static void U64(byte[] bytes, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), value);
}
