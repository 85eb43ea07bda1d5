using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap;

/// <summary>
/// Turns the shares that sweeps report into the progress of the whole analysis. Each stage has a weight, from measurement; within a stage
/// the share of the expected sweeps counts, and a stage never passes its end before the next one begins.
/// </summary>
internal sealed class AnalysisStages
{
    private static readonly (string Name, double Weight, double Sweeps)[] Plan =
    [
        ("measures", 45, 8),
        ("landscape", 35, 5),
        ("mixed search", 10, 1),
        ("corrections", 8, 12),
        ("map", 2, 1),
    ];

    private static readonly string[] SampleStages = ["measures", "mixed search"];

    private readonly IProgress<AnalysisProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly double total;
    private double finished, weight, sweeps, done, reported;
    private string stage = "";

    public AnalysisStages(int modalities, AnalysisOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
        : this(
            Pairs(modalities) * (Plan.Sum(entry => entry.Weight) + Math.Max(0, modalities - 2) * Plan[2].Weight), options, progress, cancellation)
    {
    }

    private AnalysisStages(double total, AnalysisOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        this.total = total;
        this.progress = progress;
        this.cancellation = cancellation;
        Work = new WorkContext(options.Threads, Advance, cancellation);
    }

    /// <summary>The stages that the sample of a pass goes through.</summary>
    public static AnalysisStages OfSample(
        int modalities, AnalysisOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation) => new(
        Pairs(modalities) * Plan.Where(entry => SampleStages.Contains(entry.Name)).Sum(entry => entry.Weight), options, progress, cancellation);

    public WorkContext Work { get; }

    /// <summary>Ends the stage before and begins this one.</summary>
    public WorkContext Begin(string name, PairedEmbeddings pairs)
    {
        cancellation.ThrowIfCancellationRequested();
        LargeMemory.GiveBack();
        finished += weight;
        (_, weight, sweeps) = Array.Find(Plan, entry => entry.Name == name);
        done = 0;
        stage = $"{pairs.First.Modality}, {pairs.Second.Modality}: {name}";
        Report(finished / total);
        return Work;
    }

    public void Finish() => Report(1);

    private static int Pairs(int modalities) => modalities * (modalities - 1) / 2;

    private void Advance(double share)
    {
        done += share;
        Report((finished + weight * Math.Min(1, done / sweeps)) / total);
    }

    private void Report(double fraction)
    {
        reported = Math.Max(reported, Math.Min(1, fraction));
        progress?.Report(new AnalysisProgress(stage, reported));
    }
}
