namespace ModalityGap;

/// <summary>The progress of a comparison: every model counts by its values, and within a model the sweeps that it is expected to take.</summary>
internal sealed class RunProgress(IReadOnlyList<ModelRun> runs, bool pictures, IProgress<AnalysisProgress>? progress)
{
    /// <summary>Sweeps over all pairs of rows: for the ranks, and for mixed search; a picture takes one across and two within.</summary>
    private readonly double sweeps = pictures ? 5 : 2;

    private readonly double[] sizes = [.. runs.Select(run => (double)run.First.Rows * run.Second.Rows * run.First.Dimensions)];

    /// <summary>Begins with a model; what is returned is told the shares of sweeps as they are done.</summary>
    public Action<double> Begin(int run)
    {
        double before = sizes.Take(run).Sum() / sizes.Sum(), weight = sizes[run] / sizes.Sum(), done = 0;
        Report(run, before);
        return share =>
        {
            done += share;
            Report(run, before + weight * Math.Min(1, done / sweeps));
        };
    }

    public void Finish() => Report(runs.Count - 1, 1);

    private void Report(int run, double fraction) => progress?.Report(new AnalysisProgress(runs[run].Name, Math.Min(1, fraction)));
}
