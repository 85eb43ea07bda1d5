using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// The rows of one modality, to be read a block at a time and never held together: for files that are larger than memory. Arrays that lie
/// in a file as they are (npy, stored members of npz, safetensors) are read in place; what has to be unpacked, reordered or parsed is
/// read whole when it is opened, and says so.
/// </summary>
public sealed class EmbeddingStream : IDisposable
{
    private readonly SharedFile? file;
    private readonly StoredArray? array;
    private readonly long firstByte;

    private EmbeddingStream(Modality modality, Provenance provenance, SharedFile file, StoredArray array, int index)
    {
        ArrayForm form = array.Form!.Value;
        (Modality, Provenance, Rows, Dimensions) = (modality, provenance, form.Rows, form.Dimensions);
        (this.file, this.array) = (file, array);
        RowBytes = checked(form.Dimensions * array.Type.Size);
        firstByte = array.DataOffset + index * form.Rows * RowBytes;
    }

    private EmbeddingStream(EmbeddingSet set, string? readWhole)
    {
        (Modality, Provenance, Rows, Dimensions) = (set.Modality, set.Provenance, set.Rows, set.Dimensions);
        (Held, ReadWhole) = (set, readWhole);
        RowBytes = sizeof(float) * set.Dimensions;
    }

    private EmbeddingStream(EmbeddingStream other, Modality modality)
    {
        (file, array, firstByte) = (other.file, other.array, other.firstByte);
        (Modality, Provenance, Rows, Dimensions) = (modality, other.Provenance, other.Rows, other.Dimensions);
        (Held, ReadWhole, RowBytes) = (other.Held, other.ReadWhole, other.RowBytes);
    }

    /// <summary>What the rows are embeddings of.</summary>
    public Modality Modality { get; }

    /// <summary>Number of rows.</summary>
    public long Rows { get; }

    /// <summary>Number of dimensions.</summary>
    public int Dimensions { get; }

    /// <summary>Where the rows come from; without a fingerprint as long as the file was not read.</summary>
    public Provenance Provenance { get; }

    /// <summary>Why the rows had to be read whole, as the end of a sentence; <c>null</c> where they are read in place.</summary>
    public string? ReadWhole { get; }

    /// <summary>The rows where they are in memory.</summary>
    internal EmbeddingSet? Held { get; }

    /// <summary>Bytes of a row as it is stored.</summary>
    internal int RowBytes { get; }

    /// <summary>What collects the file's fingerprint, or <c>null</c> where none is wanted or there is no file.</summary>
    internal PassingFingerprint? Digest => file?.Digest;

    /// <summary>What tells the file from others at a glance; <see cref="Fingerprint.None"/> where there is none.</summary>
    internal Fingerprint Sketch => file?.Sketch() ?? Fingerprint.None;

    /// <summary>Where the rows begin in their file.</summary>
    internal long FileOffset => array is null ? 0 : ((FileRegion)array.Bytes).Offset + firstByte;

    private ElementType Type => array!.Type;

    /// <summary>Opens every modality of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to take from it; default all that is clear.</param>
    /// <param name="cancellation">Stops the reading of what has to be read whole.</param>
    /// <returns>One stream per modality, in the file's order; each to be disposed.</returns>
    /// <exception cref="EmbeddingDataException">The file cannot be used: the message names it, the fault and the way out.</exception>
    public static IReadOnlyList<EmbeddingStream> Open(
        string path, ReadOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ReadOptions();
        SourceFile source = SourceFile.Open(path, options.Formats);
        try
        {
            IEmbeddingFormat format = options.Formats.Of(source);
            IReadOnlyList<StoredArray>? chosen = format is ArrayFileFormat arrays
                ? ArraySelection.Choose(source, arrays.List(source), options.Key)
                : null;
            string? whole = chosen is null
                ? $"{format.Name} does not keep rows as they are in memory"
                : chosen.Select(WhyWhole).FirstOrDefault(reason => reason is not null);
            if (whole is null)
                return InPlace(source, format, chosen!, options);
            source.Dispose();
            return [.. EmbeddingFile.Read(path, options, cancellation).Select(set => new EmbeddingStream(set, whole))];
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Opens every modality of several files; all of them, or none.</summary>
    internal static List<EmbeddingStream> OpenAll(IReadOnlyList<string> paths, ReadOptions options, CancellationToken cancellation)
    {
        List<EmbeddingStream> streams = [];
        try
        {
            foreach (string path in paths)
                streams.AddRange(Open(path, options, cancellation));
            return streams;
        }
        catch
        {
            streams.ForEach(stream => stream.Dispose());
            throw;
        }
    }

    /// <summary>Rows that are in memory.</summary>
    public static EmbeddingStream Of(EmbeddingSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new EmbeddingStream(set, null);
    }

    /// <summary>The same rows under another modality; takes the place of this stream.</summary>
    public EmbeddingStream As(Modality modality) => new(this, modality);

    /// <summary>Closes the file when the last of its streams is disposed.</summary>
    public void Dispose() => file?.Release(this);

    /// <summary>Reads rows as they are stored, for any thread.</summary>
    internal void ReadBytes(long firstRow, Span<byte> target) => ((FileRegion)array!.Bytes).ReadAt(firstByte + firstRow * RowBytes, target);

    /// <summary>Converts stored rows. The bytes stay as they are, for the fingerprint is taken of them.</summary>
    internal void Convert(Span<byte> rows, Span<float> target)
    {
        if (Type.BigEndian)
            rows = rows.ToArray();
        NumberConversion.ToSingle(Type, rows, target);
    }

    private static string? WhyWhole(StoredArray array) =>
        array.Bytes is not FileRegion ? "its arrays are compressed or in pieces" : array.FortranOrder ? "it is in Fortran order" : null;

    private static EmbeddingStream[] InPlace(SourceFile source, IEmbeddingFormat format, IReadOnlyList<StoredArray> chosen, ReadOptions options)
    {
        IReadOnlyList<Modality> modalities = ModalityNaming.Name(
            source,
            [.. chosen.SelectMany(array => Enumerable.Repeat(ArrayFileFormat.TellingKey(array), array.Form!.Value.Modalities))],
            options.Modalities);
        var file = new SharedFile(source, options.Fingerprint);
        List<EmbeddingStream> streams = [];
        foreach (StoredArray array in chosen)
            for (int m = 0; m < array.Form!.Value.Modalities; m++)
            {
                var provenance = new Provenance(
                    source.Path, format.Name, array.Type.Name, ArrayFileFormat.Part(array, m, array.Form.Value.Modalities), Fingerprint.None);
                streams.Add(new EmbeddingStream(modalities[streams.Count], provenance, file, array, m));
            }
        file.Hold(streams);
        return [.. streams];
    }

    // A stack's modalities share one open file and its fingerprint.
    private sealed class SharedFile(SourceFile source, bool fingerprint)
    {
        private readonly HashSet<(StoredArray Array, long FirstByte)> users = [];

        public PassingFingerprint? Digest { get; } = fingerprint ? new PassingFingerprint(source) : null;

        public Fingerprint Sketch() => FileSketch.Of(source);

        public void Hold(IEnumerable<EmbeddingStream> streams) => users.UnionWith(streams.Select(Key));

        public void Release(EmbeddingStream stream)
        {
            users.Remove(Key(stream));
            if (users.Count == 0)
                source.Dispose();
        }

        private static (StoredArray, long) Key(EmbeddingStream stream) => (stream.array!, stream.firstByte);
    }
}
