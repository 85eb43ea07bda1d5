using ModalityGap.CommandLine;
using ModalityGap.Lab.Reproduction;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>Runs experiments one after another, with one bar of progress over all, and says how to go on where it is stopped.</summary>
internal sealed class ReproductionRuns(Terminal terminal, ResultFolder folder, RunOptions options, bool quiet)
{
    public void Run(IExperiment[] experiments, string again, CancellationToken cancellation)
    {
        IExperiment[] waiting = [.. experiments.Where(experiment => !IsDone(experiment, cancellation))];
        double all = waiting.Sum(Minutes), before = 0;
        foreach (IExperiment experiment in waiting)
        {
            double share = Minutes(experiment) / all, start = before;
            try
            {
                Work.Run(terminal, quiet, progress => ExperimentRun.Run(
                    experiment,
                    options,
                    folder,
                    progress is null ? null : (stage, done) => progress.Report(new AnalysisProgress($"{experiment.Id}: {stage}", start + share * done)),
                    cancellation));
            }
            catch (OperationCanceledException)
            {
                throw new StoppedException($"stopped in {experiment.Id}; what was finished is kept. Go on with: {again}");
            }
            before += share;
            if (!quiet && waiting.Length > 1)
                terminal.Say($"{experiment.Id}: {InWords.Tally(folder.Read(experiment.Id)!.Claims)}");
        }
    }

    // What takes no time has its share of the bar all the same.
    private double Minutes(IExperiment experiment) => Math.Max(0.001, experiment.Minutes(options.Effort, options.Given));

    // The same experiment with the same settings, seed and files would find the same again.
    private bool IsDone(IExperiment experiment, CancellationToken cancellation)
    {
        if (!ExperimentRun.IsFinished(experiment, options, folder, cancellation))
            return false;
        if (!quiet)
            terminal.Say($"{experiment.Id} is there already with these settings; delete {folder.Of(experiment.Id)} to run it again.");
        return true;
    }
}
