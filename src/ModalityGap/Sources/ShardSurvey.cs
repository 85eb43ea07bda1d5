using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Reads the header of every file of a corpus, one shard at a time, and holds it against the first.</summary>
internal sealed class ShardSurvey(IReadOnlyList<string> patterns, bool skip, ReadOptions options, CancellationToken cancellation)
{
    private const string WayOut = "Repair or fetch it, or leave such shards out with --skip-shards.";

    private readonly Dictionary<int, IReadOnlyList<string>> paths = [];
    private readonly List<Shard> shards = [];
    private readonly List<SkippedShard> skipped = [];
    private CorpusModality[]? modalities;
    private int dimensions;

    /// <summary>The files of each shard that can be used.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> Paths => paths;

    public CorpusDescription Run()
    {
        SortedDictionary<int, string>[] files = [.. patterns.Select(ShardPattern.Files)];
        foreach (int number in files.SelectMany(ofModality => ofModality.Keys).Distinct().Order())
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                Look(number, files);
            }
            catch (EmbeddingDataException fault) when (skip)
            {
                skipped.Add(new SkippedShard(number, $"{fault.Origin}: {fault.Fault}"));
            }
        }
        if (modalities is null)
            throw new EmbeddingDataException(patterns[0], $"none of its {skipped.Count} shards can be used.", $"The first: {skipped[0].Reason}");
        return new CorpusDescription(WithPatterns(modalities), dimensions, shards, skipped);
    }

    private void Look(int number, SortedDictionary<int, string>[] files)
    {
        for (int p = 0; p < files.Length; p++)
            if (!files[p].ContainsKey(number))
                throw new EmbeddingDataException(
                    patterns[p], $"shard {number} is missing, which {patterns[Array.FindIndex(files, other => other.ContainsKey(number))]} has.", WayOut);
        string[] ofShard = [.. files.Select(ofModality => ofModality[number])];
        using var shard = new OpenShard(number, OpenNamed(ofShard, number), owned: true);
        Check(shard.Streams);
        modalities ??= [.. shard.Streams.Select(EmbeddingCorpus.Describe)];
        dimensions = shard.Streams[0].Dimensions;
        shards.Add(new Shard(number, shard.Streams[0].Rows));
        paths.Add(number, ofShard);
    }

    private List<EmbeddingStream> OpenNamed(string[] files, int number)
    {
        try
        {
            return EmbeddingStream.OpenAll(files, options, cancellation);
        }
        catch (EmbeddingDataException fault)
        {
            throw new EmbeddingDataException(
                fault.Origin, $"shard {number} cannot be read: {fault.Fault}", $"{fault.Remedy} Or leave such shards out with --skip-shards.", fault);
        }
    }

    private void Check(IReadOnlyList<EmbeddingStream> streams)
    {
        foreach (EmbeddingStream stream in streams)
            if (stream.ReadWhole is { } reason)
                throw new EmbeddingDataException(
                    stream.Provenance.Source, $"a shard is read in place, and this would be read whole: {reason}.", "Write it as npy: modgap convert.");
        if (streams.Count < 2)
            throw new EmbeddingDataException(
                streams[0].Provenance.Source, "the shards hold one modality; a gap lies between two.", "Give one pattern per modality.");
        StreamFit.CheckRows(streams);
        if (modalities is null)
            return;
        if (streams.Count != modalities.Length)
            throw new EmbeddingDataException(
                streams[0].Provenance.Source, $"its shard has {streams.Count} modalities, the first shard {modalities.Length}.", WayOut);
        for (int m = 0; m < streams.Count; m++)
        {
            Provenance first = modalities[m].Origin, here = streams[m].Provenance;
            if (streams[m].Dimensions != dimensions)
                throw new EmbeddingDataException(
                    here.Source, $"its rows have {streams[m].Dimensions} dimensions, those of the first shard ({first.Source}) {dimensions}.",
                    "All shards must come from one model: " + WayOut);
            if (here.ElementType != first.ElementType)
                throw new EmbeddingDataException(
                    here.Source, $"it holds {here.ElementType}, the first shard ({first.Source}) {first.ElementType}.",
                    "Write all shards in one type (modgap convert --dtype), or leave such shards out with --skip-shards.");
        }
    }

    private CorpusModality[] WithPatterns(CorpusModality[] found)
    {
        if (found.Length != patterns.Count)
            return found;
        // Numbered files in a folder are read in the order of their numbers; the modality's name comes from the first of them.
        return [.. found.Select((modality, m) => modality with { Origin = modality.Origin with { Source = patterns[m] } })];
    }
}
