using System.Text;
using ModalityGap.CommandLine;
using ModalityGap.Pictures.Figures;
using ModalityGap.Report;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary>Writes the page, and the figures as files of their own.</summary>
internal static class ReportFiles
{
    public static void WritePage(AnalysisResult result, Destination destination, ReportExtras? extras = null) =>
        destination.Write(writer => ReportPage.Write(result, writer, extras ?? ReportExtras.None));

    public static void WritePage(ComparisonResult result, Destination destination) =>
        destination.Write(writer => ComparisonPage.Write(result, writer));

    /// <summary>Writes every figure, as one file or two, and returns how many there are.</summary>
    public static int WriteFigures(AnalysisResult result, ReportExtras extras, string folder, FigureFormat format)
    {
        int count = 0;
        foreach (ReportFigure figure in OverviewFigures.All(result).Concat(result.MixedSearch.SelectMany(ReportFigures.All)))
            WriteFigure(figure, FileSafe(figure.Name));
        for (int k = 0; k < result.Pairs.Count; k++)
        {
            PairResult pair = result.Pairs[k];
            string prefix = result.Pairs.Count == 1 ? "" : $"{FileSafe(pair.First)}-{FileSafe(pair.Second)}-";
            foreach (ReportFigure figure in ReportFigures.Of(pair, k < extras.Corrections.Count ? extras.Corrections[k]?.Result : null, k == 0
                ? extras.ZeroShot : null))
                WriteFigure(figure, prefix + FileSafe(figure.Name));
        }
        return count;

        void WriteFigure(ReportFigure figure, string name)
        {
            string stem = Path.Combine(folder, name);
            if (format.Svg)
                Write(stem + ".svg", Encoding.UTF8.GetBytes(figure.Svg));
            if (format.Png)
                Write(stem + ".png", FigurePng.Render(figure.Svg));
            count++;
        }
    }

    private static void Write(string path, byte[] content)
    {
        using var file = OutputFile.Open(path);
        file.Write(content);
    }

    /// <summary>What all corrections, held against each other, come to.</summary>
    public static void SayAdvice(Terminal terminal, ReportExtras extras)
    {
        foreach (CorrectionEvidence evidence in extras.Corrections.OfType<CorrectionEvidence>())
            terminal.Say($"{evidence.Result.Candidates.Count(candidate => candidate.Search is not null)} corrections and placebos held against each other: {evidence.Result.Advice.Headline}");
    }

    // A modality's name comes from a file and may hold anything, also a path.
    private static string FileSafe(string name)
    {
        string safe = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '-'));
        return safe.Length is > 0 and <= 60 ? safe : safe.Length == 0 ? "modality" : safe[..60];
    }
}
