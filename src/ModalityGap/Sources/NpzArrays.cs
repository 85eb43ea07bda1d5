namespace ModalityGap.Sources;

/// <summary>The arrays of a NumPy archive: a zip archive whose members are npy files, each named after its key.</summary>
internal static class NpzArrays
{
    private const string Extension = ".npy";

    public static List<StoredArray> List(SourceFile file)
    {
        List<ZipMember> members = ZipDirectory.Read(file);
        if (ForeignFormat.OfArchive([.. members.Select(member => member.Name)]) is { } foreign)
            throw file.Fault(foreign);
        List<ZipMember> arrays = [.. members.Where(member => member.Name.EndsWith(Extension, StringComparison.Ordinal))];
        string? twice = arrays.GroupBy(member => member.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw file.Fault($"it holds the array {Shown.Name(twice)} twice.", "Write it again with numpy.savez.");
        return
        [
            .. arrays.Select(member =>
                NpyHeader.Read(file, member.Name[..^Extension.Length], ZipDirectory.Bytes(file, member))),
        ];
    }
}
