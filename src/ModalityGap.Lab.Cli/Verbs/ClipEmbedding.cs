using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Lab.Tensors;
using ModalityGap.Lab.Training;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>What <c>modgap-lab embed</c> does with a CLIP model, and the options for it.</summary>
internal sealed class ClipEmbedding
{
    private const string Npy = "npy", Parquet = "parquet", Shards = "clip-retrieval";

    private const int MostNames = 5;

    private static readonly string[] Endings = [".safetensors", ".bin", ".pt", ".pth", ".onnx"];

    private static readonly EmbeddingRequest Defaults = new() { Folder = "" };

    private readonly Option<string?> model = new("--model")
    {
        Description = "The folder of a CLIP model (safetensors or .bin with its configuration and vocabulary, or ONNX), or its file.",
        HelpName = "DIR",
    };

    private readonly Option<string?> layout = ChoiceOption.Create(
        "--layout", $"How the folder is laid out; default {Npy}. {Shards}: img_emb, text_emb and metadata in shards, rows of norm 1.", Npy, Parquet, Shards);

    private readonly Option<long?> batch = NumberOption.Whole("--batch", $"Inputs that go through a CLIP model together; default {Defaults.Batch}.", 1, 4096);

    private readonly Option<long?> shardItems = NumberOption.Whole(
        "--shard-items", $"Inputs of a shard, after each of which a stopped run goes on; default {Defaults.ShardItems.ToString("N0", CultureInfo.InvariantCulture)}.", 1, int.MaxValue);

    private readonly Option<bool> half;

    public ClipEmbedding(Command command, Option<bool> half)
    {
        this.half = half;
        foreach (Option option in (Option[])[model, layout, batch, shardItems])
            command.Options.Add(option);
    }

    /// <summary>Whether a CLIP model is meant: what --model names, unless a run was trained there; and what else looks like one.</summary>
    public bool IsMeant(ParseResult parsed, string path)
    {
        if (Directory.Exists(path))
            return !new RunFolder(path).HasCheckpoint && (parsed.GetValue(model) is not null || Directory.EnumerateFiles(path).Any(HasEnding));
        return File.Exists(path) ? HasEnding(path) && !IsOwnCheckpoint(path) : parsed.GetValue(model) is not null;
    }

    /// <summary>What was named as the model, once.</summary>
    public string ModelOf(ParseResult parsed, string? run) => (run, parsed.GetValue(model)) switch
    {
        (null, null) => throw new UsageException("which model? Name the folder of a training run, or --model with that of a CLIP model."),
        (not null, not null) => throw new UsageException($"{run} and --model name two models. Leave one of them out."),
        var (argument, option) => argument ?? option!,
    };

    /// <summary>Tells of options that mean nothing for a model that was trained here.</summary>
    public void RefuseForOwn(ParseResult parsed)
    {
        foreach (Option option in (Option[])[layout, batch, shardItems])
            if (parsed.GetResult(option) is { Implicit: false })
                throw new UsageException($"{option.Name} is for CLIP models; this is one that was trained here.");
    }

    public int Run(
        ParseResult parsed, string path, string? images, string? texts, string folder, Terminal terminal, bool quiet, CancellationToken cancellation)
    {
        if (images is null && texts is null)
            throw new UsageException("nothing to embed: name --images DIR, --texts FILE, or both.");
        if (parsed.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(option =>
            option is { Implicit: false } && option.Option.Name is "--data" or "--part" or "--items" or "--seed" or "--side" or "--cache") is { } foreign)
            throw new UsageException($"{foreign.Option.Name} is for models that were trained here; {path} is a CLIP model.");
        using ClipEncoder encoder = Work.Run(terminal, quiet, _ => ClipEncoder.Open(path));
        if (!quiet)
        {
            terminal.Say(Describe(encoder));
            foreach (Finding finding in encoder.Checkpoint?.Findings ?? [])
                terminal.Say($"note: {finding.Message}");
        }
        EmbeddingRequest request = Request(parsed, images, texts, folder);
        EmbeddingSummary summary = Embed(encoder, request, terminal, quiet, cancellation);
        terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{summary.Images} pictures and {summary.Texts} texts, {summary.Dimensions} dimensions: {folder}"));
        if (!quiet)
            foreach (string note in Notes(summary, request))
                terminal.Say(note);
        return ExitCode.Ok;
    }

    private static bool HasEnding(string file) => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static bool IsOwnCheckpoint(string file)
    {
        using SourceFile opened = SourceFile.Open(file);
        return TensorFile.HasText(opened, Checkpoint.InfoKey);
    }

    private static EmbeddingSummary Embed(ClipEncoder encoder, EmbeddingRequest request, Terminal terminal, bool quiet, CancellationToken cancellation)
    {
        try
        {
            return Work.Run(terminal, quiet, progress => EmbeddingRun.Run(encoder, request, progress is null ? null : progress.Report, cancellation));
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException("stopped; what is finished is kept. The same command goes on from there.");
        }
    }

    private EmbeddingRequest Request(ParseResult parsed, string? images, string? texts, string folder) => new()
    {
        Images = images,
        Texts = texts,
        Folder = folder,
        Layout = parsed.GetValue(layout) switch
        {
            Parquet => EmbeddingLayout.Parquet,
            Shards => EmbeddingLayout.ClipRetrieval,
            _ => EmbeddingLayout.Npy,
        },
        Type = parsed.GetValue(half) ? WrittenType.Float16 : WrittenType.Float32,
        Batch = (int)(parsed.GetValue(batch) ?? Defaults.Batch),
        ShardItems = (int)(parsed.GetValue(shardItems) ?? Defaults.ShardItems),
    };

    private static string Describe(ClipEncoder encoder) => encoder.Checkpoint is { } checkpoint
        ? $"{Path.GetFileName(encoder.Location)}: {checkpoint.Model.Architecture}"
        : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(encoder.Location)}: ONNX, {encoder.Towers.Dimensions} dimensions");

    private static IEnumerable<string> Notes(EmbeddingSummary summary, EmbeddingRequest request)
    {
        if (summary.Resumed > 0)
            yield return $"note: {Shown.Count(summary.Resumed)} inputs were embedded by an earlier run.";
        if (summary.LeftOut.Count > 0)
            yield return $"note: left out: pictures that cannot be used ({Shown.Count(summary.LeftOut.Count)}): {Shown.Some([.. summary.LeftOut], MostNames)}."
                + (summary.ArePairs ? " Their texts were left out too." : "");
        if (summary.Truncated > 0)
            yield return $"note: {Shown.Count(summary.Truncated)} texts are too long for the model; their ends were not read.";
        if (summary.ArePairs)
            yield return request.Layout == EmbeddingLayout.ClipRetrieval
                ? $"Look at the first shard: modgap report {Path.Combine(request.Folder, "img_emb", "img_emb_0.npy")} {Path.Combine(request.Folder, "text_emb", "text_emb_0.npy")}"
                : $"Look at them: modgap report {File("images")} {File("texts")}";

        string File(string name) => Path.Combine(request.Folder, $"{name}.{(request.Layout == EmbeddingLayout.Parquet ? Parquet : Npy)}");
    }
}
