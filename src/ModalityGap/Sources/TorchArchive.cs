namespace ModalityGap.Sources;

/// <summary>
/// The tensors of a PyTorch checkpoint: a zip archive with a pickle (<c>data.pkl</c>), and every storage as a stored member
/// <c>data/KEY</c> beside it.
/// </summary>
internal static class TorchArchive
{
    private const string Pickle = "data.pkl";
    private const string Unpacked = "Save it again with torch.save, which does not compress.";

    /// <summary>Whether the members of a zip archive are those of a checkpoint.</summary>
    public static bool Is(IReadOnlyList<ZipMember> members) => Root(members) is not null;

    public static List<StoredArray> List(SourceFile file)
    {
        List<ZipMember> members = ZipDirectory.Read(file);
        string root = Root(members) ?? throw new ArgumentException("The archive is no checkpoint.", nameof(file));
        if (members.Any(member => member.Name == root + "constants.pkl"))
            throw file.Fault(
                "it looks like a TorchScript program (torch.jit.save), not stored tensors.",
                "Run it, and save the embeddings that it computes.");
        Dictionary<string, ZipMember> byName = [];
        foreach (ZipMember member in members)
        {
            if (!byName.TryAdd(member.Name, member))
                throw file.Fault($"it holds the member {Shown.Name(member.Name)} twice.", "Write it again with torch.save.");
        }
        FileRegion pickle = Region(file, byName[root + Pickle]);
        bool bigEndian = byName.TryGetValue(root + "byteorder", out ZipMember? order) && IsBig(file, order);
        PickleValue value = PickleMachine.Run(file, pickle.ToInput(), []);
        return PickledArrays.List(file, value, (name, tensor) => byName.TryGetValue($"{root}data/{tensor.Storage.Key}", out ZipMember? storage)
            ? TensorLayout.Place(file, name, tensor, Region(file, storage), bigEndian)
            : throw file.Fault($"it lacks the storage {Shown.Name(tensor.Storage.Key)} of a tensor.", PickleInput.Damaged));
    }

    /// <summary>What stands before <c>data.pkl</c>: empty, or the folder that torch.save names after the file.</summary>
    private static string? Root(IReadOnlyList<ZipMember> members)
    {
        string? name = members.FirstOrDefault(member =>
            member.Name == Pickle || member.Name.EndsWith("/" + Pickle, StringComparison.Ordinal))?.Name;
        return name?[..^Pickle.Length];
    }

    private static FileRegion Region(SourceFile file, ZipMember member) => ZipDirectory.Bytes(file, member) as FileRegion
        ?? throw file.Fault($"its member {Shown.Name(member.Name)} is compressed.", Unpacked);

    private static bool IsBig(SourceFile file, ZipMember member)
    {
        Span<byte> text = stackalloc byte[8];
        text = text[..Region(file, member).ReadStart(text)];
        return text.SequenceEqual("big"u8)
            || (text.StartsWith("little"u8) ? false : throw file.Fault("its byte order is neither little nor big.", PickleInput.Damaged));
    }
}
