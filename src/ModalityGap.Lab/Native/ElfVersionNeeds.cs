using System.Buffers.Binary;
using System.Text;

namespace ModalityGap.Lab.Native;

/// <summary>
/// The versions that a 64-bit little-endian ELF library asks of the libraries it is linked to (section <c>.gnu.version_r</c>), and who needs
/// them. Layouts: System V ABI, chapter 4; Linux Standard Base, "Symbol Versioning".
/// </summary>
/// <param name="file">The whole library.</param>
internal sealed class ElfVersionNeeds(byte[] file)
{
    /// <summary>VER_FLG_WEAK: the loader goes on where the version is missing.</summary>
    private const ushort Weak = 2;

    private const uint DynamicSymbols = 11, VersionNeeds = 0x6FFFFFFE, SymbolVersions = 0x6FFFFFFF, Relocations = 4;

    private const int SectionHeaderSize = 64, SymbolSize = 24, RelocationSize = 24;

    // The top bit of a symbol's version says that it is hidden.
    private const ushort VersionMask = 0x7FFF;

    /// <summary>Whether the bytes begin as such a library does.</summary>
    public bool IsSupported =>
        file.Length > SectionHeaderSize && file.AsSpan(0, 6).SequenceEqual<byte>([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1]);

    /// <summary>Whether the version is asked for, and not weakly.</summary>
    public bool Requires(string version) => Find(version) is { Weak: false };

    /// <summary>The names of the undefined symbols that are to come from this version.</summary>
    public IReadOnlyList<string> SymbolsOf(string version) =>
        Find(version) is { } need ? [.. SymbolIndices(need.Index).Select(NameOfSymbol)] : [];

    /// <summary>Whether some relocation refers to a symbol of this version, so that the loader will look it up.</summary>
    public bool IsRelocatedTo(string version)
    {
        if (Find(version) is not { } need)
            return false;
        HashSet<int> symbols = [.. SymbolIndices(need.Index)];
        foreach (Section section in Sections().Where(section => section.Type == Relocations))
            for (long at = section.Offset; at + RelocationSize <= section.Offset + section.Size; at += RelocationSize)
                if (symbols.Contains((int)U32(at + 12)))
                    return true;
        return false;
    }

    /// <summary>A copy of the library that asks for the version weakly: one byte differs.</summary>
    public byte[] WithWeak(string version)
    {
        Need need = Find(version) ?? throw new InvalidDataException($"The version {version} is not asked for.");
        byte[] copy = [.. file];
        BinaryPrimitives.WriteUInt16LittleEndian(copy.AsSpan(checked((int)need.FlagsOffset)), (ushort)(U16(need.FlagsOffset) | Weak));
        return copy;
    }

    private Need? Find(string version)
    {
        foreach (Section section in Sections().Where(section => section.Type == VersionNeeds))
        {
            Section names = SectionAt(section.Link);
            foreach (long entry in Chain(section.Offset, next: 12, section.Info))
                foreach (long auxiliary in Chain(entry + U32(entry + 8), next: 12, U16(entry + 2)))
                    if (NameAt(names, U32(auxiliary + 8)) == version)
                        return new Need(auxiliary + 4, U16(auxiliary + 6), (U16(auxiliary + 4) & Weak) != 0);
        }
        return null;
    }

    // Entries that say how far the next one is; the last says 0.
    private IEnumerable<long> Chain(long first, int next, uint count)
    {
        long entry = first;
        for (uint i = 0; i < count; i++)
        {
            yield return entry;
            uint step = U32(entry + next);
            if (step == 0)
                yield break;
            entry += step;
        }
    }

    private IEnumerable<int> SymbolIndices(ushort version)
    {
        foreach (Section section in Sections().Where(section => section.Type == SymbolVersions))
            for (int i = 0; i < section.Size / sizeof(ushort); i++)
                if ((U16(section.Offset + i * sizeof(ushort)) & VersionMask) == version)
                    yield return i;
    }

    private string NameOfSymbol(int index)
    {
        Section symbols = Sections().First(section => section.Type == DynamicSymbols);
        return NameAt(SectionAt(symbols.Link), U32(symbols.Offset + (long)index * SymbolSize));
    }

    private IEnumerable<Section> Sections() => Enumerable.Range(0, U16(60)).Select(index => SectionAt((uint)index));

    private Section SectionAt(uint index)
    {
        long at = checked((long)U64(40) + index * (long)SectionHeaderSize);
        return new Section(U32(at + 4), checked((long)U64(at + 24)), checked((long)U64(at + 32)), U32(at + 40), U32(at + 44));
    }

    private string NameAt(Section names, uint offset)
    {
        ReadOnlySpan<byte> rest = file.AsSpan(checked((int)(names.Offset + offset)));
        int end = rest.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]);
    }

    private ushort U16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(checked((int)at)));

    private uint U32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(checked((int)at)));

    private ulong U64(long at) => BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(checked((int)at)));

    private readonly record struct Section(uint Type, long Offset, long Size, uint Link, uint Info);

    private readonly record struct Need(long FlagsOffset, ushort Index, bool Weak);
}
