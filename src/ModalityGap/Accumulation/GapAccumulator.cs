using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Sources;

namespace ModalityGap.Accumulation;

/// <summary>
/// All that one pass over a part of a corpus finds, in constant memory: begun empty, given rows, written to bytes, merged with those of other
/// parts in any order and tree, and asked for the result at the end. Merged parts give the numbers of a single pass to 1e-9, and its sample.
/// </summary>
/// <example>
/// <code>
/// EmbeddingCorpus corpus = EmbeddingCorpus.Open(["img_{0..63}.npy", "txt_{0..63}.npy"]);
/// var part = new GapAccumulator(corpus.Description);
/// part.Add(corpus, corpus.Description.Slice(3, 16));
/// byte[] state = part.ToBytes();
/// </code>
/// </example>
public sealed class GapAccumulator
{
    private readonly LinearAccumulator total;
    private readonly CoveredRows covered;
    private readonly SortedDictionary<(int Shard, int Modality), PassedFile> files = [];

    /// <summary>Begins with no rows.</summary>
    /// <param name="corpus">What will be measured; accumulators of the same corpus can be merged.</param>
    /// <param name="options">How; default <see cref="LinearOptions"/> as it is.</param>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="EmbeddingDataException">The sample is too large.</exception>
    public GapAccumulator(CorpusDescription corpus, LinearOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        Corpus = corpus;
        Options = options ?? new LinearOptions();
        Options.Check();
        Options.CheckSample(corpus.Modalities[0].Origin.Source, corpus.Rows, (long)corpus.Modalities.Count * corpus.Dimensions);
        covered = new CoveredRows(corpus);
        total = new LinearAccumulator(corpus.Modalities.Count, corpus.Dimensions, Options.SamplePairs, Options.Seed);
    }

    internal GapAccumulator(CorpusDescription corpus, LinearOptions options, IEnumerable<ShardRange> ranges, IEnumerable<PassedFile> files)
        : this(corpus, options)
    {
        covered.Add(ranges);
        Note(files);
    }

    /// <summary>What is measured.</summary>
    public CorpusDescription Corpus { get; }

    /// <summary>How it is measured.</summary>
    public LinearOptions Options { get; }

    /// <summary>The rows that are in it, in order, neighbours joined.</summary>
    public IReadOnlyList<ShardRange> Rows => covered.Ranges;

    /// <summary>The rows of the corpus that are not in it.</summary>
    public IReadOnlyList<ShardRange> Missing => covered.Missing();

    internal LinearAccumulator Total => total;

    internal IReadOnlyCollection<PassedFile> Files => files.Values;

    internal PassedFile? FileOf(int shard, int modality) => files.GetValueOrDefault((shard, modality));

    /// <summary>Reads rows and adds them: all of them, or none where it fails.</summary>
    /// <param name="corpus">The corpus of which they are.</param>
    /// <param name="rows">Which, such as <see cref="CorpusDescription.Slice"/> gives them.</param>
    /// <param name="progress">Told how far the pass has come; may be called from any thread.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">Some of the rows are in it already, or not in the corpus.</exception>
    /// <exception cref="EmbeddingDataException">The rows cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public void Add(
        EmbeddingCorpus corpus, IReadOnlyList<ShardRange> rows, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(rows);
        if (PartFit.Difference(Corpus, corpus.Description) is { } difference)
            throw new ArgumentException($"This is another corpus: {difference}.", nameof(corpus));
        if (covered.Refusal(rows) is { } refusal)
            throw new ArgumentException(refusal, nameof(rows));
        var work = new WorkContext(Options.Threads, null, cancellation);
        (LinearAccumulator sums, IReadOnlyList<PassedFile> read) = LinearPass.Run(corpus, rows, Options, work, progress);
        total.Merge(sums);
        covered.Add(rows);
        Note(read);
    }

    /// <summary>Adds what another part of the same corpus has seen.</summary>
    /// <param name="other">The other part; it stays as it is.</param>
    /// <param name="name">What messages call it, such as its file.</param>
    /// <exception cref="EmbeddingDataException">It is of another corpus or was made with other options, or has rows that are in this one already.</exception>
    public void Merge(GapAccumulator other, string name = "part")
    {
        ArgumentNullException.ThrowIfNull(other);
        PartFit.Check(this, other, name);
        if (covered.Refusal(other.Rows) is { } refusal)
            throw new EmbeddingDataException(name, refusal, "Each row counts once: leave out one of the parts that have it.");
        total.Merge(other.total);
        covered.Add(other.Rows);
        Note(other.Files);
    }

    /// <summary>The result of all rows that are in it.</summary>
    /// <param name="partial">Whether rows of the corpus may be missing; the result then says which.</param>
    /// <param name="onSample">How the sample is measured by what needs every pair of rows; default as <see cref="LinearOptions.OnSample"/> says.</param>
    /// <param name="progress">Told how far the measures of the sample are.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EmbeddingDataException">Rows are missing, or too few are left.</exception>
    public LinearResult Compute(
        bool partial = false, AnalysisOptions? onSample = null, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        IReadOnlyList<ShardRange> missing = Missing;
        if (missing.Count > 0 && !partial)
            throw new EmbeddingDataException(
                Corpus.Modalities[0].Origin.Source,
                $"{CoveredRows.InWords(missing, Corpus)} not measured.",
                "Measure and merge them too, or accept what is there with --partial.");
        return LinearSummary.Of(this, missing, onSample ?? Options.OnSample, progress, cancellation);
    }

    /// <summary>All of it as the bytes of a part file, with a checksum.</summary>
    public byte[] ToBytes() => PartState.ToBytes(this);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="name">What messages call them, such as the file.</param>
    /// <exception cref="EmbeddingDataException">They are damaged, truncated, or of another version.</exception>
    public static GapAccumulator Read(ReadOnlyMemory<byte> content, string name = "part") => PartState.Read(content, name);

    /// <summary>Writes a part file; it takes its name when it is whole.</summary>
    public void Save(string path)
    {
        using OutputFile file = OutputFile.Open(path);
        file.Write(ToBytes());
    }

    /// <summary>Reads a part file.</summary>
    /// <exception cref="EmbeddingDataException">It is damaged, truncated, of another version, or no part at all.</exception>
    public static GapAccumulator Load(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        if (file.Length > Array.MaxLength)
            throw file.Fault("it is too large to be a part.", "Name the parts that measure --shard wrote.");
        byte[] content = new byte[file.Length];
        file.ReadAt(0, content);
        return Read(content, path);
    }

    private void Note(IEnumerable<PassedFile> read)
    {
        foreach (PassedFile file in read)
            if (!files.TryGetValue((file.Shard, file.Modality), out PassedFile? known) || known.Fingerprint == Fingerprint.None)
                files[(file.Shard, file.Modality)] = file;
    }
}
