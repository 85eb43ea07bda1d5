using System.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Arguments;

/// <summary>The files and how to read them.</summary>
internal sealed class InputArguments
{
    private readonly Argument<string[]> files = new("FILE")
    {
        Description = "One stacked file, or one file per modality: npy, npz, safetensors or jsonl.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> modalities = new("--modalities")
    {
        Description = "Names of the modalities in order, such as image,text; default from the files' names.",
        HelpName = "NAMES",
    };

    private readonly Option<string?> key = new("--key")
    {
        Description = "Which arrays of an npz, safetensors or jsonl file to take, with commas between.",
        HelpName = "KEYS",
    };

    public InputArguments(Command command, bool named = true)
    {
        command.Arguments.Add(files);
        if (named)
            command.Options.Add(modalities);
        command.Options.Add(key);
    }

    public IReadOnlyList<string> Files(ParseResult parsed) => parsed.GetRequiredValue(files);

    public ReadOptions ReadOptions(ParseResult parsed) => new() { Key = parsed.GetValue(key) };

    /// <summary>Reads every file and names its modalities.</summary>
    /// <exception cref="EmbeddingDataException">A file cannot be used.</exception>
    public IReadOnlyList<EmbeddingSet> Read(ParseResult parsed, CancellationToken cancellation)
    {
        IReadOnlyList<string> paths = Files(parsed);
        IReadOnlyList<string>? names = Names(parsed);
        RefuseRepeatedFiles(paths);
        MemoryAdvice.Check(paths, parsed.GetValue(key));
        List<EmbeddingSet> sets = [];
        foreach (string path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            sets.AddRange(EmbeddingFile.Read(path, ReadOptions(parsed), cancellation));
        }
        if (sets.Count == 1)
            throw Alone(sets[0].Provenance.Source);
        RefuseCopies(sets);
        return ModalityNaming.Apply(sets, names);
    }

    /// <summary>Opens every file for one pass over its rows and names its modalities; each stream is to be disposed.</summary>
    /// <exception cref="EmbeddingDataException">A file cannot be used.</exception>
    public IReadOnlyList<EmbeddingStream> Open(ParseResult parsed, bool fingerprint, CancellationToken cancellation)
    {
        IReadOnlyList<string> paths = Files(parsed);
        IReadOnlyList<string>? names = Names(parsed);
        RefuseRepeatedFiles(paths);
        List<EmbeddingStream> streams = [];
        try
        {
            foreach (string path in paths)
                streams.AddRange(EmbeddingStream.Open(path, ReadOptions(parsed) with { Fingerprint = fingerprint }, cancellation));
            return streams.Count == 1 ? throw Alone(streams[0].Provenance.Source) : ModalityNaming.Apply(streams, names);
        }
        catch
        {
            streams.ForEach(stream => stream.Dispose());
            throw;
        }
    }

    private static EmbeddingDataException Alone(string source) => new(
        source,
        "it holds one modality; a gap lies between two.",
        "Give the other modality's file as well, with the same items in the same order.");

    private List<string>? Names(ParseResult parsed)
    {
        if (parsed.GetValue(modalities) is not { } list)
            return null;
        List<string> names = [.. list.Split(',', StringSplitOptions.TrimEntries)];
        if (names.Exists(string.IsNullOrEmpty) || names.Distinct().Count() < names.Count)
            throw new UsageException($"--modalities takes different names with commas between, such as image,text, not '{list}'.");
        return names;
    }

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
