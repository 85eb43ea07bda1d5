using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Formats;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Arguments;

/// <summary>The files and how to read them.</summary>
internal sealed class InputArguments
{
    private readonly Argument<string[]> files;

    private readonly Option<string?> modalities = ModalitiesOption.Create();

    private readonly Option<string?> key = new("--key")
    {
        Description = "Which arrays of an npz, safetensors, pt, pkl, jsonl or hdf5 file to take, with commas between.",
        HelpName = "KEYS",
    };

    private readonly Option<string?> column = new("--column")
    {
        Description = "Which columns of a parquet, arrow, csv or tsv file to take, with commas between; emb stands for emb_0, emb_1, ...",
        HelpName = "NAMES",
    };

    private readonly Option<string?> idColumn = new("--id-column")
    {
        Description = "The column or key that holds the ids; default the first of id, _id, key and name that is there.",
        HelpName = "NAME",
    };

    private readonly Option<bool> skipShards = new("--skip-shards")
    {
        Description = "Leave out shards that are missing, damaged or unlike the first instead of stopping.",
    };

    public InputArguments(Command command, bool named = true)
        : this(command, Files(), named)
    {
    }

    /// <summary>Files, or shards of any number.</summary>
    public static InputArguments WithShards(Command command)
    {
        var inputs = new InputArguments(command, new Argument<string[]>("FILE")
        {
            Description = "One stacked file, one file per modality, or shards: a folder of clip-retrieval, or one quoted pattern per modality, "
                + "such as 'img_{0..63}.npy'.",
            Arity = ArgumentArity.OneOrMore,
        });
        command.Options.Add(inputs.skipShards);
        return inputs;
    }

    /// <summary>Options that say how files are read which another argument names.</summary>
    public InputArguments(Command command, Argument<string[]> files, bool named = true)
    {
        this.files = files;
        command.Arguments.Add(files);
        if (named)
            command.Options.Add(modalities);
        command.Options.Add(key);
        command.Options.Add(column);
        command.Options.Add(idColumn);
    }

    private static Argument<string[]> Files() => new("FILE")
    {
        Description = "One stacked file, or one file per modality: npy, npz, safetensors, pt, pkl, jsonl, parquet, arrow, hdf5, csv or tsv.",
        Arity = ArgumentArity.OneOrMore,
    };

    public IReadOnlyList<string> Files(ParseResult parsed) => parsed.GetRequiredValue(files);

    /// <summary>What to take from each file. The formats are listed here, so that their libraries load only when a file is read.</summary>
    public ReadOptions ReadOptions(ParseResult parsed)
    {
        if (parsed.GetValue(key) is not null && parsed.GetValue(column) is not null)
            throw new UsageException("--key and --column say the same of different files; give one of them.");
        return new ReadOptions
        {
            Key = parsed.GetValue(key) ?? parsed.GetValue(column),
            IdColumn = parsed.GetValue(idColumn),
            Formats = AllFormats.List,
        };
    }

    /// <summary>Reads two modalities or more and names them.</summary>
    /// <exception cref="EmbeddingDataException">A file cannot be used.</exception>
    public IReadOnlyList<EmbeddingSet> Read(ParseResult parsed, CancellationToken cancellation)
    {
        IReadOnlyList<EmbeddingSet> sets = ReadAny(parsed, null, cancellation);
        return sets.Count == 1 ? throw Alone(sets[0].Provenance.Source) : sets;
    }

    /// <summary>Reads every file, whatever the number of modalities, and names them.</summary>
    /// <exception cref="EmbeddingDataException">A file cannot be used.</exception>
    public IReadOnlyList<EmbeddingSet> ReadAny(ParseResult parsed, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<string> paths = Files(parsed);
        IReadOnlyList<string>? names = Names(parsed);
        RefuseRepeatedFiles(paths);
        MemoryAdvice.Check(paths, parsed.GetValue(key));
        List<EmbeddingSet> sets = [];
        for (int i = 0; i < paths.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            // Reading is about half of a conversion.
            progress?.Report(new AnalysisProgress($"reading {Path.GetFileName(paths[i])}", 0.5 * i / paths.Count));
            sets.AddRange(EmbeddingFile.Read(paths[i], ReadOptions(parsed), cancellation));
        }
        RefuseCopies(sets);
        return ModalitiesOption.Apply(sets, names);
    }

    /// <summary>Opens every file for one pass over its rows and names its modalities; each stream is to be disposed.</summary>
    /// <exception cref="EmbeddingDataException">A file cannot be used.</exception>
    public IReadOnlyList<EmbeddingStream> Open(ParseResult parsed, bool fingerprint, CancellationToken cancellation)
    {
        IReadOnlyList<string> paths = Files(parsed);
        IReadOnlyList<string>? names = Names(parsed);
        RefuseRepeatedFiles(paths);
        List<EmbeddingStream> streams = EmbeddingStream.OpenAll(paths, ReadOptions(parsed) with { Fingerprint = fingerprint }, cancellation);
        try
        {
            return streams.Count == 1 ? throw Alone(streams[0].Provenance.Source) : ModalitiesOption.Apply(streams, names);
        }
        catch
        {
            streams.ForEach(stream => stream.Dispose());
            throw;
        }
    }

    /// <summary>Whether shards are named, which are read once and never held together.</summary>
    public bool NameShards(ParseResult parsed) => EmbeddingCorpus.IsNamedBy(Files(parsed));

    /// <summary>Finds the shards, reads their headers and names their modalities.</summary>
    /// <exception cref="EmbeddingDataException">A shard cannot be used.</exception>
    public EmbeddingCorpus OpenShards(ParseResult parsed, bool fingerprint, CancellationToken cancellation)
    {
        RefuseRepeatedFiles(Files(parsed));
        ReadOptions options = ReadOptions(parsed) with { Fingerprint = fingerprint };
        var corpus = EmbeddingCorpus.Open(Files(parsed), parsed.GetValue(skipShards), options, cancellation);
        return ModalitiesOption.Apply(corpus, Names(parsed));
    }

    /// <summary>Refuses what only shards have a use for.</summary>
    public void RefuseShardOptions(ParseResult parsed)
    {
        if (parsed.GetValue(skipShards))
            throw new UsageException("--skip-shards goes with shards: a folder, or one quoted pattern per modality.");
    }

    private static EmbeddingDataException Alone(string source) => new(
        source,
        "it holds one modality; a gap lies between two.",
        "Give the other modality's file as well, with the same items in the same order.");

    /// <summary>The names that were given for the modalities, or <c>null</c>.</summary>
    public List<string>? Names(ParseResult parsed) => ModalitiesOption.Parse(parsed.GetValue(modalities));

    private static void RefuseRepeatedFiles(IReadOnlyList<string> paths)
    {
        string? repeated = paths.GroupBy(Path.GetFullPath).FirstOrDefault(group => group.Count() > 1)?.First();
        if (repeated is not null)
            throw new EmbeddingDataException(
                repeated, "the same file was given twice.", "Give one file per modality, or a stacked file once.");
    }

    private static void RefuseCopies(List<EmbeddingSet> sets)
    {
        for (int i = 1; i < sets.Count; i++)
        {
            Provenance later = sets[i].Provenance;
            EmbeddingSet? earlier = sets.Take(i).FirstOrDefault(set =>
                set.Provenance.Source != later.Source
                && set.Provenance.Fingerprint == later.Fingerprint
                && later.Fingerprint != Fingerprint.None);
            if (earlier is not null)
                throw new EmbeddingDataException(
                    later.Source, $"it is a copy of {earlier.Provenance.Source}, byte for byte.", "Give the other modality's file.");
        }
    }
}
