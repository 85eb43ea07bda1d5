using System.CommandLine;
using ModalityGap.Accumulation;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Rendering;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap measure --linear</c>: files of any size and number in one pass.</summary>
internal sealed class LinearMeasuring(
    Terminal terminal, InputArguments inputs, ParseResult parsed, LinearOptions options, bool fingerprint, bool implied, CancellationToken cancellation)
{
    /// <summary>Measures everything; where a folder is given, by way of parts that are kept in it.</summary>
    public int Run(Output wanted, string? folder)
    {
        using var destination = new Destination(terminal, wanted.Path);
        LinearResult result = Work.Run(terminal, wanted.Quiet, progress => WithCorpus(fingerprint, corpus => folder is null
            ? LinearAnalysis.Run(corpus, options, progress, cancellation)
            : PartMaking.Run(folder, corpus, options, progress, cancellation)));
        // After the work, so that a refusal stands alone.
        if (implied && !wanted.Quiet)
            terminal.Say("note: one pass over the rows, as with --linear; what needs every pair of rows is left out.");
        Show(terminal, result, wanted, destination);
        return ExitCode.Ok;
    }

    /// <summary>Measures one part into its file.</summary>
    public int MakePart((int Index, int Count) part, Output wanted)
    {
        if (wanted.Path is null or "-")
            throw new UsageException($"--shard writes a part: name its file, such as -o part-{part.Index}.gap.");
        bool made = Work.Run(terminal, wanted.Quiet, progress => WithCorpus(fingerprint, corpus =>
            PartMaking.Make(wanted.Path, corpus, Rows(corpus.Description, part), options, progress, cancellation)));
        if (!wanted.Quiet)
            terminal.Say(made ? $"{wanted.Path} holds part {part.Index} of {part.Count}." : $"{wanted.Path} is finished already; nothing was read.");
        return ExitCode.Ok;
    }

    /// <summary>Says what would be read, from the headers alone.</summary>
    public int DryRun((int Index, int Count)? part) => WithCorpus(false, corpus =>
    {
        CorpusDescription found = corpus.Description;
        foreach (CorpusModality modality in found.Modalities)
        {
            string place = modality.Origin.Part is { } name ? $" ({name})" : "";
            string shards = found.Shards.Count > 1 ? $" in {found.Shards.Count} shards" : "";
            terminal.Out.WriteLine(
                $"{modality.Modality}: {modality.Origin.Source}{place}, {found.Rows} rows{shards} x {found.Dimensions} dimensions, "
                + $"{modality.Origin.Format}, {modality.Origin.ElementType}");
        }
        foreach (SkippedShard skipped in found.Skipped)
            terminal.Out.WriteLine($"Shard {skipped.Number} would be left out: {skipped.Reason}");
        string what = part is { } one
            ? $"each of {Rows(found, one).Sum(range => range.Count)} rows once, in {CoveredRows.Names(Rows(found, one), found)}"
            : "each row once";
        string sampled = options.OnSample is null ? "" : $", then every pair of a sample of {Math.Min(options.SamplePairs, found.Rows)} items";
        terminal.Out.WriteLine(
            $"Would read {what}{sampled}, seed {options.Seed}, on {(options.Threads == 0 ? Environment.ProcessorCount : options.Threads)} threads. Nothing was run.");
        return ExitCode.Ok;
    });

    /// <summary>Prints a result and what is to be said beside it.</summary>
    public static void Show(Terminal terminal, LinearResult result, Output wanted, Destination destination)
    {
        if (!wanted.Quiet && (wanted.Form != "table" || !destination.IsStandardOutput))
            Messages.Say(terminal, result);
        ResultFormat.Write(result, wanted.Form, wanted.EveryMeasure, destination, terminal);
    }

    private T WithCorpus<T>(bool withFingerprint, Func<EmbeddingCorpus, T> work)
    {
        if (inputs.NameShards(parsed))
            return work(inputs.OpenShards(parsed, withFingerprint, cancellation));
        IReadOnlyList<EmbeddingStream> streams = inputs.Open(parsed, withFingerprint, cancellation);
        try
        {
            return work(EmbeddingCorpus.Of(streams));
        }
        finally
        {
            foreach (EmbeddingStream stream in streams)
                stream.Dispose();
        }
    }

    private static IReadOnlyList<ShardRange> Rows(CorpusDescription corpus, (int Index, int Count) part) => part.Count <= corpus.Rows
        ? corpus.Slice(part.Index, part.Count)
        : throw new EmbeddingDataException(
            corpus.Modalities[0].Origin.Source, $"it has {corpus.Rows} rows, too few for {part.Count} parts.", "Give a smaller number after the stroke of --shard.");

    /// <summary>The form of the result and where it goes.</summary>
    internal sealed record Output(string Form, string? Path, bool EveryMeasure, bool Quiet);
}
