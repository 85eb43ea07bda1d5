using System.Globalization;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Reads embeddings from a file: npy, npz, safetensors or jsonl, told apart by their first bytes.</summary>
public static class EmbeddingFile
{
    /// <summary>Reads every modality of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to take from it; default all that is clear.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One set per modality, in the file's order.</returns>
    /// <exception cref="EmbeddingDataException">The file cannot be used: the message names it, the fault and the way out.</exception>
    public static IReadOnlyList<EmbeddingSet> Read(
        string path, ReadOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ReadOptions();
        using SourceFile file = SourceFile.Open(path);
        FileFormat format = FileFormats.Of(file);
        Fingerprint fingerprint = options.Fingerprint ? FileFingerprint.Of(file, cancellation) : Fingerprint.None;
        if (format == FileFormat.JsonLines)
            return JsonLines.Read(file, options, fingerprint, cancellation);
        IReadOnlyList<StoredArray> chosen = ArraySelection.Choose(file, List(file, format), options.Key);
        IReadOnlyList<Modality> modalities = NamesOf(file, chosen, options);
        List<EmbeddingSet> sets = [];
        foreach (StoredArray array in chosen)
        {
            int dimensions = array.Form!.Value.Dimensions;
            float[][] values = ArrayReader.Read(file, array, cancellation);
            for (int m = 0; m < values.Length; m++)
            {
                var provenance = new Provenance(
                    path, FileFormats.NameOf(format), array.Type.Name, Part(array, m, values.Length), fingerprint);
                sets.Add(new EmbeddingSet(modalities[sets.Count], values[m], dimensions, provenance));
            }
        }
        return sets;
    }

    /// <summary>Says what a file holds without reading more of it than that needs.</summary>
    /// <exception cref="EmbeddingDataException">The file cannot be used: the message names it, the fault and the way out.</exception>
    public static FileDescription Describe(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        FileFormat format = FileFormats.Of(file);
        IReadOnlyList<ArrayDescription> arrays = format == FileFormat.JsonLines
            ? JsonLines.Describe(file)
            : [.. List(file, format).Select(array => Describe(file, array))];
        return new FileDescription(path, FileFormats.NameOf(format), file.Length, arrays);
    }

    /// <summary>The modalities of the arrays, in their order.</summary>
    internal static IReadOnlyList<Modality> NamesOf(SourceFile file, IReadOnlyList<StoredArray> chosen, ReadOptions options) =>
        ModalityNaming.Name(file, [.. chosen.SelectMany(Keys)], options.Modalities);

    internal static List<StoredArray> List(SourceFile file, FileFormat format) => format switch
    {
        FileFormat.Npy => [NpyHeader.Read(file, null, new FileRegion(file, 0, file.Length))],
        FileFormat.Npz => NpzArrays.List(file),
        FileFormat.Safetensors => SafetensorsArrays.List(file),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static ArrayDescription Describe(SourceFile file, StoredArray array)
    {
        string order = array.FortranOrder ? ", Fortran order" : "";
        string endian = array.Type.BigEndian ? ", big-endian" : "";
        string note = array.Fault is { } fault ? $"cannot be used: {fault.Fault}" : $"{array.Form}{order}{endian}";
        return new ArrayDescription(array.Key ?? file.Name, array.Type.Name, array.Shape, note);
    }

    /// <summary>The key of each modality of an array; none where the array is a stack, for one key cannot tell them apart.</summary>
    private static IEnumerable<string?> Keys(StoredArray array) =>
        Enumerable.Repeat(array.Form!.Value.Modalities == 1 ? array.Key : null, array.Form.Value.Modalities);

    /// <summary>How to say which part of the file a modality is; <c>null</c> where it is all of it.</summary>
    internal static string? Part(StoredArray array, int index, int count)
    {
        string? place = count == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"{index} of {count}");
        return array.Key is null ? place : place is null ? array.Key : $"{array.Key}, {place}";
    }
}
