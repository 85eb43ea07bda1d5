using System.CommandLine;
using System.Globalization;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Classification;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>
/// <c>modgap-lab zero-shot</c>: from a CLIP model and labelled pictures to zero-shot accuracy along the gap, and to files that <c>modgap evaluate</c>
/// and <c>modgap report</c> take.
/// </summary>
internal static class ZeroShotVerb
{
    private const string DefaultFolder = "zero-shot";

    private const int MostNames = 5;

    private static readonly EmbeddingRequest Defaults = new() { Folder = DefaultFolder };

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("zero-shot", "Classify labelled pictures by prompts with a CLIP model, as it is and along the modality gap.");
        var model = new Option<string?>("--model")
        {
            Description = "The folder of a CLIP model with its vocabulary, or its file; see docs/clip.md.",
            HelpName = "DIR",
            Required = true,
        };
        var images = new Option<string?>("--images") { Description = "The folder of pictures.", HelpName = "DIR", Required = true };
        command.Options.Add(model);
        command.Options.Add(images);
        var tasks = new TaskOptions(command);
        var path = new Option<string?>("--out", "-o") { Description = $"The folder to write; default {DefaultFolder}.", HelpName = "DIR" };
        Option<string?> shift = ChoiceOption.Create(
            "--shift", "What a shift along the gap moves; default the preset's, else both.", [.. EvaluationOptions.Conventions]);
        Option<long?> batch = NumberOption.Whole("--batch", $"Inputs that go through the model together; default {Defaults.Batch}.", 1, 4096);
        Option<long?> shardItems = NumberOption.Whole(
            "--shard-items", $"Pictures after each of which a stopped run goes on; default {Shown.Count(Defaults.ShardItems)}.", 1, int.MaxValue);
        Option<long?> seed = NumberOption.Whole("--seed", $"Seed of halves and resamples; default {new ClassificationOptions().Seed}.", 0, long.MaxValue);
        Option<long?> threads = NumberOption.Whole("--threads", "Threads that work at once; default one per core. Changes no result.", 1, 1024);
        Option<bool> quiet = OutputOption.Quiet();
        foreach (Option option in (Option[])[path, shift, batch, shardItems, seed, threads, quiet])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            bool silent = parsed.GetValue(quiet);
            ZeroShotTask task = tasks.Read(parsed, parsed.GetValue(images)!);
            LabelledPictures pictures = LabelledPictures.Find(parsed.GetValue(images)!, tasks.Labels(parsed), task);
            var request = new EmbeddingRequest
            {
                Folder = parsed.GetValue(path) ?? DefaultFolder,
                Batch = (int)(parsed.GetValue(batch) ?? Defaults.Batch),
                ShardItems = (int)(parsed.GetValue(shardItems) ?? Defaults.ShardItems),
            };
            using ClipEncoder encoder = Work.Run(terminal, silent, _ => ClipEncoder.Open(parsed.GetValue(model)!));
            if (!silent)
                terminal.Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Shown.Count(pictures.Names.Count)} pictures, {task.Classes.Count} classes, {Templates(task)}; labels from {pictures.Source}"));
            EmbeddedTask embedded = Embed(encoder, task, pictures, request, terminal, silent, cancellation);
            ClassificationResult result = Work.Run(terminal, silent, progress => embedded.Classify(
                parsed.GetValue(seed) ?? new ClassificationOptions().Seed, (int)(parsed.GetValue(threads) ?? 0), parsed.GetValue(shift), null,
                    progress, cancellation));
            FactTable.Draw(terminal, ZeroShotFacts.Of(embedded, result));
            if (!silent)
                Say(terminal, embedded, result);
            return ExitCode.Ok;
        });
        return command;
    }

    private static string Templates(ZeroShotTask task) => task.Templates.Count == 1 ? $"prompt \"{task.Templates[0]}\""
        : $"an ensemble of {task.Templates.Count} prompts";

    private static EmbeddedTask Embed(
        ClipEncoder encoder, ZeroShotTask task, LabelledPictures pictures, EmbeddingRequest request, Terminal terminal, bool quiet,
            CancellationToken cancellation)
    {
        try
        {
            return Work.Run(terminal, quiet, progress =>
                TaskEmbedding.Run(encoder, task, pictures, request, progress is null ? null : progress.Report, cancellation));
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException("stopped; what is finished is kept. The same command goes on from there.");
        }
    }

    private static void Say(Terminal terminal, EmbeddedTask embedded, ClassificationResult result)
    {
        if (embedded.Summary is null)
            terminal.Say($"note: pictures and prompts had been embedded; {embedded.Folder.Location} was read.");
        if (embedded.Summary is { Resumed: > 0 } resumed)
            terminal.Say($"note: {Shown.Count(resumed.Resumed)} pictures were embedded by an earlier run.");
        if (embedded.Summary is { LeftOut.Count: > 0 } summary)
            terminal.Say($"note: left out: pictures that cannot be used ({Shown.Count(summary.LeftOut.Count)}): {Shown.Some([.. summary.LeftOut], MostNames)}.");
        foreach (Finding finding in result.Findings)
            terminal.Say($"note: {finding.Message}");
        if (embedded.Task.Origin.Length > 0)
            terminal.Say($"note: {embedded.Task.Origin}");
        terminal.Say("Look further:");
        foreach (string line in embedded.Folder.Commands(result.Convention, embedded.Task.ClassSets))
            terminal.Say(line);
    }
}
