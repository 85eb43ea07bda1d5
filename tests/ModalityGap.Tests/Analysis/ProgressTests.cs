using System.Diagnostics;
using ModalityGap.Embeddings;

namespace ModalityGap.Tests.Analysis;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    public void Run_WithProgress_NeverGoesBackAndEndsAtOne(int threads, int modalities)
    {
        var seen = new Recorder();
        GapAnalysis.Run(AnalysisSamples.Modalities(150, 12, modalities), new AnalysisOptions { Threads = threads }, seen);
        AnalysisProgress[] reports = [.. seen.Reports];
        Assert.True(reports.Length > 10, $"Only {reports.Length} reports.");
        for (int k = 1; k < reports.Length; k++)
            Assert.True(reports[k].Fraction >= reports[k - 1].Fraction, $"From {reports[k - 1]} to {reports[k]}.");
        Assert.All(reports, report => Assert.InRange(report.Fraction, 0, 1));
        Assert.Equal(1, reports[^1].Fraction);
        Assert.Contains(reports, report => report.Stage == "image, text: landscape");
        // The bar moves within the work, not only between its parts.
        Assert.True(reports.Select(report => Math.Round(report.Fraction, 2)).Distinct().Count() > 12);
    }

    [Fact]
    public void Run_CancelledBefore_DoesNothing()
    {
        var seen = new Recorder();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            GapAnalysis.Run(AnalysisSamples.Pair(100, 8), null, seen, new CancellationToken(canceled: true)));
        Assert.Empty(seen.Reports);
    }

    [Theory]
    [InlineData("measures", 1)]
    [InlineData("measures", 3)]
    [InlineData("landscape", 2)]
    [InlineData("mixed search", 2)]
    [InlineData("corrections", 2)]
    [InlineData("map", 1)]
    public void Run_CancelledOnTheWay_StopsQuickly(string stage, int threads)
    {
        using var cancellation = new CancellationTokenSource();
        var since = new Stopwatch();
        var seen = new Recorder(report =>
        {
            if (!report.Stage.EndsWith(stage, StringComparison.Ordinal) || cancellation.IsCancellationRequested)
                return;
            since.Start();
            cancellation.Cancel();
        });
        EmbeddingSet[] sets = AnalysisSamples.Captioned(700, 24, 2);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            GapAnalysis.Run(sets, new AnalysisOptions { Threads = threads, TextsPerItem = 2 }, seen, cancellation.Token));
        Assert.InRange(since.Elapsed.TotalSeconds, 0, 2);
        Assert.True(seen.Reports[^1].Fraction < 1);
    }

    private sealed class Recorder(Action<AnalysisProgress>? also = null) : IProgress<AnalysisProgress>
    {
        private readonly Lock gate = new();
        private readonly List<AnalysisProgress> reports = [];

        public IReadOnlyList<AnalysisProgress> Reports => reports;

        public void Report(AnalysisProgress value)
        {
            lock (gate)
                reports.Add(value);
            also?.Invoke(value);
        }
    }
}
