using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Export;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Training;
using ModalityGap.Sources;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary><c>modgap-lab embed</c>: the embeddings of a trained model, in files that <c>modgap</c> reads.</summary>
internal static class EmbedVerb
{
    private const string DefaultFolder = "embeddings", UnseenStyle = "unseen-style", UnseenItems = "unseen-items", UnseenBoth = "unseen-both", Train = "train";

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("embed", "Embed pictures and texts with a trained model.");
        var run = new Argument<string>("run") { Description = "The folder of a training run, or one of its checkpoints." };
        command.Arguments.Add(run);
        Option<string?> path = new("--out", "-o") { Description = $"The folder to write; default {DefaultFolder}.", HelpName = "DIR" };
        command.Options.Add(path);
        Option<string?> data = SourceOption.Create("that of the run");
        command.Options.Add(data);
        var preparation = new DataFlags(command, "that of the run");
        var part = new Option<string?>("--part") { Description = $"Which pictures; default {UnseenStyle}, or {UnseenItems} where there is one style.", HelpName = $"{UnseenStyle}|{UnseenItems}|{UnseenBoth}|{Train}" };
        part.CompletionSources.Add(UnseenStyle, UnseenItems, UnseenBoth, Train);
        command.Options.Add(part);
        Option<long?> items = NumberOption.Whole("--items", "Draw this many items at random instead of taking all.", 2, int.MaxValue);
        Option<long?> texts = NumberOption.Whole("--texts", "Texts an item at most; items with fewer are left out where a number is given. Default: all they have.", 1, 1000);
        Option<long?> seed = NumberOption.Whole("--seed", "Seed of the drawing; default 1.", 0, long.MaxValue);
        Option<bool> half = new("--float16") { Description = "Half precision: half the size." };
        Option<bool> quiet = OutputOption.Quiet();
        foreach (Option option in (Option[])[items, texts, seed, half, quiet])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            bool silent = parsed.GetValue(quiet);
            string checkpoint = CheckpointOf(parsed.GetValue(run)!);
            (CheckpointInfo info, var tensors) = Checkpoint.Read(checkpoint);
            DataOptions options = preparation.Options(parsed, info.Encoder.Side);
            if (options.Side != info.Encoder.Side)
                throw new UsageException($"--side is {info.Encoder.Side} for this model, not {options.Side}. Leave it out.");
            ImageTextSet set = SourceOption.Open(parsed.GetValue(data) ?? info.Data, options, terminal, silent, cancellation);
            IReadOnlyList<int> pictures = Selected(set, info, parsed.GetValue(part), parsed.GetValue(texts), parsed.GetValue(items), parsed.GetValue(seed) ?? 1);
            using DualEncoder model = Checkpoint.Model(checkpoint, info, tensors);
            string folder = parsed.GetValue(path) ?? DefaultFolder;
            int written = Write(folder, model, set, pictures, (int)(parsed.GetValue(texts) ?? int.MaxValue), parsed.GetValue(half), cancellation);
            terminal.Out.WriteLine($"{pictures.Count} pictures and {written} texts, {info.Encoder.Dimensions} dimensions: {folder}");
            if (!silent)
                terminal.Say($"Look at them: modgap report {Path.Combine(folder, "images.npy")} {Path.Combine(folder, "texts.npy")}{(written == pictures.Count ? "" : $" --captions-per-item {written / pictures.Count}")}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static string CheckpointOf(string run)
    {
        var folder = new RunFolder(run);
        return Directory.Exists(run) && folder.HasCheckpoint
            ? folder.Checkpoint
            : File.Exists(run)
                ? run
                : throw new EmbeddingDataException(run, "there is no training run.", "Name the folder that modgap-lab train wrote, or a checkpoint in it.");
    }

    private static IReadOnlyList<int> Selected(ImageTextSet set, CheckpointInfo info, string? part, long? texts, long? items, long seed)
    {
        DataSplit split = DataSplit.Draw(set, info.Split);
        IReadOnlyList<int> pictures = (part ?? (split.UnseenStyle.Count > 0 ? UnseenStyle : UnseenItems)) switch
        {
            UnseenStyle => split.UnseenStyle,
            UnseenItems => split.UnseenItems,
            UnseenBoth => split.UnseenBoth,
            Train => split.Train,
            var other => throw new UsageException($"--part is one of {UnseenStyle}, {UnseenItems}, {UnseenBoth}, {Train}, not '{other}'."),
        };
        pictures = [.. pictures.Where(picture => texts is null || set.Items[set.Images[picture].Item].Texts.Count >= texts)];
        if (pictures.Count == 0)
            throw new EmbeddingDataException(set.Name, "no picture is in that part.", "Choose another --part, or fewer --texts.");
        return items is { } count && count < pictures.Count
            ? [.. new RandomStream(seed).Fork("items").NextPermutation(pictures.Count).Take((int)count).Order().Select(index => pictures[index])]
            : pictures;
    }

    private static int Write(
        string folder, DualEncoder model, ImageTextSet set, IReadOnlyList<int> pictures, int texts, bool half, CancellationToken cancellation)
    {
        var embedder = new Embedder(model);
        ImageTextItem[] named = [.. pictures.Select(picture => set.Items[set.Images[picture].Item])
            .SelectMany(item => Enumerable.Repeat(item, Math.Min(texts, item.Texts.Count)))];
        string[] captions = [.. pictures.SelectMany(picture => set.Items[set.Images[picture].Item].Texts.Take(texts))];
        EmbeddingFolder.Write(
            folder,
            embedder.Images(set, pictures, cancellation),
            embedder.Texts(captions, named, cancellation),
            half ? WrittenType.Float16 : WrittenType.Float32);
        return captions.Length;
    }
}
