using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;
using ModalityGap.Report;

namespace ModalityGap.Cli.Reporting;

/// <summary>All that a page shows: the analysis, then every correction tried on each pair of modalities.</summary>
internal static class ReportWork
{
    /// <summary>With more pairs of modalities than this, trying every correction on each would take long and fill the page.</summary>
    public const int MostPairs = 3;

    private const double AnalysisShare = 0.5;

    /// <summary>Runs it.</summary>
    /// <param name="sets">The modalities.</param>
    /// <param name="options">How the analysis is run; corrections are tried with the same seed and the same pairs.</param>
    /// <param name="withCorrections">Whether corrections are tried.</param>
    /// <param name="command">The command that keeps the correction of two modalities.</param>
    /// <param name="progress">Told how far the work has come.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static (AnalysisResult Analysis, IReadOnlyList<CorrectionEvidence?> Corrections) Run(
        IReadOnlyList<EmbeddingSet> sets,
        AnalysisOptions options,
        bool withCorrections,
        Func<EmbeddingSet, EmbeddingSet, string> command,
        IProgress<AnalysisProgress>? progress,
        CancellationToken cancellation)
    {
        int pairs = sets.Count * (sets.Count - 1) / 2;
        bool tries = withCorrections && pairs <= MostPairs;
        AnalysisResult analysis = GapAnalysis.Run(sets, options, tries ? Part(progress, 0, AnalysisShare, "") : progress, cancellation);
        if (!tries)
            return (analysis, []);
        List<CorrectionEvidence?> corrections = [];
        for (int first = 0; first < sets.Count; first++)
            for (int second = first + 1; second < sets.Count; second++)
            {
                double share = (1 - AnalysisShare) / pairs, before = AnalysisShare + share * corrections.Count;
                string names = $"{sets[first].Modality}, {sets[second].Modality}: ";
                corrections.Add(Try(sets[first], sets[second], options, command, Part(progress, before, share, names), cancellation));
            }
        return (analysis, corrections);
    }

    private static CorrectionEvidence? Try(
        EmbeddingSet first,
        EmbeddingSet second,
        AnalysisOptions options,
        Func<EmbeddingSet, EmbeddingSet, string> command,
        IProgress<AnalysisProgress>? progress,
        CancellationToken cancellation)
    {
        var how = new CorrectionOptions
        {
            Seed = options.Seed,
            Threads = options.Threads,
            PairedBy = options.PairedBy,
            TextsPerItem = options.TextsPerItem,
            SkipInvalid = options.SkipInvalid,
        };
        try
        {
            (CorrectionResult result, FittedCorrection? fitted) = CorrectionSelection.Run([first, second], how, progress, cancellation);
            return new CorrectionEvidence(result, fitted is null ? [] : Files(fitted), command(first, second));
        }
        catch (EmbeddingDataException)
        {
            // Too few items to hold any out: the analysis has measured them, and says so.
            return null;
        }
    }

    // The files are made on the disk, as the tool keeps them; where that is full the page does without them.
    private static ReportDownload[] Files(FittedCorrection fitted)
    {
        try
        {
            string folder = Directory.CreateTempSubdirectory("modgap-").FullName;
            try
            {
                CorrectionFile.Save(Path.Combine(folder, "gap.json"), fitted);
                return [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => new ReportDownload(Path.GetFileName(file), File.ReadAllBytes(file)))];
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        // .NET tells of a limit on the size of files in this third way.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            return [];
        }
    }

    private static Partial? Part(IProgress<AnalysisProgress>? progress, double before, double share, string prefix) =>
        progress is null ? null : new Partial(progress, before, share, prefix);

    /// <summary>The progress of one part as progress of the whole.</summary>
    private sealed class Partial(IProgress<AnalysisProgress> whole, double before, double share, string prefix) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => whole.Report(new AnalysisProgress(prefix + value.Stage, before + share * value.Fraction));
    }
}
