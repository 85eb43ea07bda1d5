using System.Globalization;

namespace ModalityGap.Sources;

/// <summary>What formats have in common whose files hold arrays that lie in their bytes as they are or compressed.</summary>
internal abstract class ArrayFileFormat : IEmbeddingFormat
{
    public abstract string Name { get; }

    public abstract IReadOnlyList<string> Extensions { get; }

    public abstract bool Recognises(SourceFile file, ReadOnlySpan<byte> start, string extension);

    public virtual IReadOnlyList<ArrayDescription> Describe(SourceFile file, ReadOptions options) =>
        [.. List(file).Select(array => Describe(file, array))];

    public virtual IReadOnlyList<ModalityRows> Read(SourceFile file, ReadOptions options, CancellationToken cancellation)
    {
        IReadOnlyList<StoredArray> chosen = ArraySelection.Choose(file, List(file), options.Key);
        // Names that do not fit are refused before the rows are read.
        ModalityNaming.Check(file, chosen.Sum(array => array.Form!.Value.Modalities), options.Modalities);
        List<ModalityRows> rows = [];
        foreach (StoredArray array in chosen)
        {
            float[][] values = ArrayReader.Read(file, array, cancellation);
            for (int m = 0; m < values.Length; m++)
                rows.Add(new ModalityRows(
                    values[m], array.Form!.Value.Dimensions, array.Type.Name, TellingKey(array), Part(array, m, values.Length), array.Names));
        }
        return rows;
    }

    /// <summary>Every array of a file, each checked against the file's length.</summary>
    public abstract IReadOnlyList<StoredArray> List(SourceFile file);

    /// <summary>The key that may tell a modality; none for a stack, whose modalities one key cannot tell apart.</summary>
    internal static string? TellingKey(StoredArray array) => array.Form!.Value.Modalities == 1 ? array.Key : null;

    private static ArrayDescription Describe(SourceFile file, StoredArray array)
    {
        string order = array.FortranOrder ? ", Fortran order" : "";
        string endian = array.Type.BigEndian ? ", big-endian" : "";
        string ids = array.Names.Ids is null ? "" : ", ids beside";
        string note = array.Fault is { } fault ? $"cannot be used: {fault.Fault}" : $"{array.Form}{order}{endian}{ids}";
        return new ArrayDescription(array.Key ?? file.Name, array.Type.Name, array.Shape, note);
    }

    /// <summary>How to say which part of the file a modality is; <c>null</c> where it is all of it.</summary>
    internal static string? Part(StoredArray array, int index, int count)
    {
        string? place = count == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"{index} of {count}");
        return array.Key is null ? place : place is null ? array.Key : $"{array.Key}, {place}";
    }
}
