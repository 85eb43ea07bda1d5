using System.CommandLine;
using System.Globalization;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Export;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Native;
using ModalityGap.Lab.Training;
using ModalityGap.Sources;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>
/// <c>modgap-lab embed</c>: the embeddings of a trained model of this program, or of a CLIP model, in files that <c>modgap</c> reads. Which of them it is, the folder's content tells.
/// </summary>
internal static class EmbedVerb
{
    private const string DefaultFolder = "embeddings", UnseenStyle = "unseen-style", UnseenItems = "unseen-items", UnseenBoth = "unseen-both", Train = "train";

    private const int MostTexts = 1000;

    private const string Remedy =
        "Lower --batch, in another folder, or embed fewer --items of a model that was trained here; or free memory: the same command goes on.";

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("embed", "Embed pictures and texts with a model that was trained here, or with a CLIP model.");
        var run = new Argument<string?>("run")
        {
            Description = "The folder of a training run, or one of its checkpoints; or of a CLIP model.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Arguments.Add(run);
        Option<string?> path = new("--out", "-o") { Description = $"The folder to write; default {DefaultFolder}.", HelpName = "DIR" };
        command.Options.Add(path);
        Option<string?> data = SourceOption.Create("that of the run");
        command.Options.Add(data);
        var preparation = new DataFlags(command, "that of the run");
        Option<string?> part = ChoiceOption.Create(
            "--part", $"Which pictures; default {UnseenStyle}, or {UnseenItems} where there is one style.", UnseenStyle, UnseenItems, UnseenBoth, Train);
        command.Options.Add(part);
        Option<long?> items = NumberOption.Whole("--items", "Draw this many items at random instead of taking all.", 2, int.MaxValue);
        Option<string?> texts = new("--texts")
        {
            Description = "Texts of each item, a number; default 1; items with fewer are left out. With a CLIP model a file with a text a line.",
            HelpName = "N|FILE",
        };
        Option<long?> seed = NumberOption.Whole("--seed", "Seed of the drawing; default 1.", 0, long.MaxValue);
        Option<bool> half = new("--float16") { Description = "Half precision: half the size." };
        Option<bool> quiet = OutputOption.Quiet();
        foreach (Option option in (Option[])[items, texts, seed, half, quiet])
            command.Options.Add(option);
        var clip = new ClipEmbedding(command, half);
        command.SetAction(parsed => MemoryShortage.Guard(Remedy, () =>
        {
            bool silent = parsed.GetValue(quiet);
            string model = clip.ModelOf(parsed, parsed.GetValue(run));
            if (clip.IsMeant(parsed, model))
                return clip.Run(parsed, model, preparation.ImagesOf(parsed), parsed.GetValue(texts), parsed.GetValue(path) ?? DefaultFolder, terminal, silent, cancellation);
            clip.RefuseForOwn(parsed);
            string checkpoint = CheckpointOf(model);
            (CheckpointInfo info, var tensors) = Checkpoint.Read(checkpoint);
            if (info.Encoder.Second != SecondInput.Texts)
                throw new EmbeddingDataException(checkpoint, "its second tower reads pictures, not texts.", "Name a run of pictures with texts.");
            DataOptions options = preparation.Options(parsed, info.Encoder.Side);
            if (options.Side != info.Encoder.Side)
                throw new UsageException($"--side is {info.Encoder.Side} for this model, not {options.Side}. Leave it out.");
            ImageTextSet set = SourceOption.Open(parsed.GetValue(data) ?? info.Data, options, terminal, silent, cancellation);
            int each = EachOf(parsed.GetValue(texts));
            int[] pictures = Draw(Part(set, info, parsed.GetValue(part), each), parsed.GetValue(items), parsed.GetValue(seed) ?? 1);
            using DualEncoder encoder = Checkpoint.Model(checkpoint, info, tensors);
            string folder = parsed.GetValue(path) ?? DefaultFolder;
            Write(folder, encoder, set, pictures, each, parsed.GetValue(half) ? WrittenType.Float16 : WrittenType.Float32, cancellation);
            terminal.Out.WriteLine($"{pictures.Length} pictures and {each * pictures.Length} texts, {info.Encoder.Dimensions} dimensions: {folder}");
            if (!silent)
                terminal.Say(
                    $"Look at them: modgap report {Path.Combine(folder, "images.npy")} {Path.Combine(folder, "texts.npy")}"
                    + (each == 1 ? "" : $" --captions-per-item {each}"));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static int EachOf(string? texts) => texts is null
        ? 1
        : int.TryParse(texts, NumberStyles.None, CultureInfo.InvariantCulture, out int each) && each is >= 1 and <= MostTexts
            ? each
            : throw new UsageException($"--texts takes a number from 1 to {MostTexts} for a model that was trained here, not '{texts}'.");

    private static string CheckpointOf(string run)
    {
        var folder = new RunFolder(run);
        return Directory.Exists(run) && folder.HasCheckpoint
            ? folder.Checkpoint
            : File.Exists(run)
                ? run
                : throw new EmbeddingDataException(run, "there is no training run.", "Name the folder that modgap-lab train wrote, or a checkpoint in it.");
    }

    private static int[] Part(ImageTextSet set, CheckpointInfo info, string? name, int texts)
    {
        DataSplit split = SplitFlags.Draw(set, info.Split);
        IReadOnlyList<int> pictures = (name ?? (split.UnseenStyle.Count > 0 ? UnseenStyle : UnseenItems)) switch
        {
            UnseenStyle => split.UnseenStyle,
            UnseenItems => split.UnseenItems,
            UnseenBoth => split.UnseenBoth,
            _ => split.Train,
        };
        int[] told = [.. pictures.Where(picture => set.Items[set.Images[picture].Item].Texts.Count >= texts)];
        return told.Length > 0
            ? told
            : throw new EmbeddingDataException(set.Name, "no picture is in that part.", "Choose another --part, or fewer --texts.");
    }

    private static int[] Draw(int[] pictures, long? items, long seed) =>
        items is { } count && count < pictures.Length
            ? [.. new RandomStream(seed).Fork("items").NextPermutation(pictures.Length).Take((int)count).Order().Select(index => pictures[index])]
            : pictures;

    private static void Write(
        string folder,
        DualEncoder model,
        ImageTextSet set,
        IReadOnlyList<int> pictures,
        int texts,
        WrittenType type,
        CancellationToken cancellation)
    {
        var embedder = new Embedder(model);
        ImageTextItem[] items = [.. pictures.Select(picture => set.Items[set.Images[picture].Item])];
        EmbeddingFolder.Write(
            folder,
            embedder.Images(set, pictures, cancellation),
            embedder.Texts(
                [.. items.SelectMany(item => item.Texts.Take(texts))],
                [.. items.SelectMany(item => Enumerable.Repeat(item, texts))],
                cancellation),
            type);
    }
}
