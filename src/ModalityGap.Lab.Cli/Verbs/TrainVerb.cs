using System.CommandLine;
using System.Globalization;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Native;
using ModalityGap.Lab.Training;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary><c>modgap-lab train</c>: a small dual encoder from pictures with texts, watched while it learns.</summary>
internal static class TrainVerb
{
    private const string DefaultRun = "modgap-run";

    private const int DefaultSide = 32;

    private const string Remedy =
        "Lower --batch, --width, --dimensions or --side, in a new folder; or free memory, and go on with --resume where an epoch was finished.";

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("train", "Train a small dual encoder; watch loss, gap, temperature and recall.");
        Option<string?> path = new("--out", "-o") { Description = $"The folder of the run; default {DefaultRun}.", HelpName = "DIR" };
        command.Options.Add(path);
        var resume = new Option<bool>("--resume") { Description = "Continue the run in the folder, as if it had never stopped." };
        command.Options.Add(resume);
        Option<string?> data = SourceOption.Create(DataSource.EmojiName);
        command.Options.Add(data);
        var preparation = new DataFlags(command, $"{DefaultSide}");
        var split = new SplitFlags(command);
        var model = new ModelOptions(command);
        Option<bool> quiet = OutputOption.Quiet();
        command.Options.Add(quiet);
        command.SetAction(parsed => MemoryShortage.Guard(Remedy, () =>
        {
            var folder = new RunFolder(parsed.GetValue(path) ?? DefaultRun);
            bool silent = parsed.GetValue(quiet), goOn = parsed.GetValue(resume);
            CheckFolder(folder, goOn);
            CheckpointInfo? begun = goOn ? Checkpoint.Read(folder.Checkpoint).Info : null;
            string source = parsed.GetValue(data) ?? begun?.Data ?? DataSource.EmojiName;
            DataOptions options = preparation.Options(parsed, begun?.Encoder.Side ?? DefaultSide);
            if (options.Side % 8 != 0)
                throw new UsageException($"--side takes a multiple of 8 for training, not {options.Side}.");
            ImageTextSet set = SourceOption.Open(source, options, terminal, silent, cancellation);
            // A run that is continued is as it was begun, unless the command line says otherwise: then its checkpoint does not fit, which is told.
            SplitOptions unseen = split.Options(parsed, begun?.Split ?? new SplitOptions());
            // A style that the set lacks is the caller's mistake, told before anything is created.
            SplitFlags.Draw(set, unseen);
            EncoderOptions encoder = model.EncoderOf(parsed, begun?.Encoder ?? new EncoderOptions());
            TrainingOptions training = model.TrainingOf(parsed, begun?.Training ?? new TrainingOptions());
            if (training.Amended && encoder.Common == CommonPart.Weights)
                throw new UsageException("--amended turns one tower against the other; towers that share their weights cannot be turned. Leave out one of the two.");
            TrainingRun run = TrainingRun.Of(source, set, unseen, encoder, training);
            folder.Create();
            using Trainer trainer = goOn ? Trainer.Continue(run, folder.Checkpoint) : Trainer.Start(run);
            if (!silent)
                terminal.Say(Describe(run, trainer));
            Train(trainer, run.Info.Training, folder, terminal, silent, cancellation);
            terminal.Out.WriteLine(Summary(trainer.Log));
            terminal.Out.WriteLine($"Checkpoint: {folder.Checkpoint}");
            if (!silent)
                terminal.Say($"Its embeddings: modgap-lab embed {folder.Location} -o embeddings");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void CheckFolder(RunFolder folder, bool resume)
    {
        if (resume && !folder.HasCheckpoint)
            throw new UsageException($"{folder.Location} holds no checkpoint to continue from. Leave out --resume to start there.");
        if (!resume && folder.HasCheckpoint)
            throw new UsageException($"{folder.Location} holds a run already. Continue it with --resume, or choose another folder with --out.");
    }

    private static void Train(
        Trainer trainer, TrainingOptions options, RunFolder folder, Terminal terminal, bool quiet, CancellationToken cancellation)
    {
        try
        {
            Work.Run(terminal, quiet, progress =>
            {
                trainer.Train(
                    record =>
                    {
                        folder.Write(trainer, options.KeepEvery);
                        if (!quiet)
                            terminal.Say(Line(record, options.Epochs));
                    },
                    progress is null ? null : new StepProgress(progress),
                    cancellation);
                return true;
            });
        }
        catch (OperationCanceledException) when (folder.HasCheckpoint)
        {
            throw new StoppedException(
                $"stopped after epoch {trainer.Log[^1].Epoch} of {options.Epochs}. Go on with: modgap-lab train --resume -o {folder.Location}");
        }
    }

    private static string Describe(TrainingRun run, Trainer trainer) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {run.Set.Name}: {run.Set.Items.Count} items, {run.Set.Images.Count} pictures of {run.Set.Side} x {run.Set.Side} in {run.Set.Styles.Count} {(run.Set.Styles.Count == 1 ? "style" : "styles")}; {run.Split.Train.Count} for training, {run.Watched.Count} unseen ones watched.
        {trainer.Model.ParameterCount} parameters, {run.Info.Encoder.Dimensions} dimensions, {run.Info.Training.Epochs} epochs, seed {run.Info.Training.Seed}.
        """);

    private static string Line(EpochRecord record, int epochs) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {record.Epoch,4}/{epochs}  loss {(record.Loss is { } loss ? loss.ToString("0.000", CultureInfo.InvariantCulture) : "-----")}  gap {record.Gap:0.000}  temperature {record.Temperature:0.0000}  R@1 {record.RecallImageToText:0.000} image to text, {record.RecallTextToImage:0.000} text to image  {record.Seconds:0.0} s");

    private static string Summary(IReadOnlyList<EpochRecord> log)
    {
        EpochRecord first = log[0], last = log[^1];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Gap {first.Gap:0.000} before training, {last.Gap:0.000} after {last.Epoch} epochs; R@1 among {last.Watched} unseen pictures {last.RecallImageToText:0.000} (image to text), {last.RecallTextToImage:0.000} (text to image); temperature {last.Temperature:0.0000}; {log.Sum(record => record.Seconds):0} s.");
    }

    private sealed class StepProgress(IProgress<AnalysisProgress> bar) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => bar.Report(new AnalysisProgress(
            string.Create(CultureInfo.InvariantCulture, $"epoch {value.Epoch}/{value.Epochs}, loss {value.Loss:0.00}"), (double)value.Step / value.Steps));
    }
}
