using System.Text;
using ModalityGap.CommandLine;
using ModalityGap.Report;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary>Writes the page, and the figures as files of their own.</summary>
internal static class ReportFiles
{
    public static void WritePage(AnalysisResult result, Destination destination) =>
        destination.Write(writer => ReportPage.Write(result, writer));

    public static void WritePage(ComparisonResult result, Destination destination) =>
        destination.Write(writer => ComparisonPage.Write(result, writer));

    /// <summary>Writes every figure as an SVG file and returns how many there are.</summary>
    public static int WriteFigures(AnalysisResult result, string folder)
    {
        int count = 0;
        foreach (ReportFigure figure in OverviewFigures.All(result))
            WriteFigure(figure, $"{FileSafe(figure.Name)}.svg");
        foreach (PairResult pair in result.Pairs)
        {
            string prefix = result.Pairs.Count == 1 ? "" : $"{FileSafe(pair.First)}-{FileSafe(pair.Second)}-";
            foreach (ReportFigure figure in ReportFigures.All(pair))
                WriteFigure(figure, $"{prefix}{FileSafe(figure.Name)}.svg");
        }
        return count;

        void WriteFigure(ReportFigure figure, string name)
        {
            using var file = OutputFile.Open(Path.Combine(folder, name));
            file.Write(Encoding.UTF8.GetBytes(figure.Svg));
            count++;
        }
    }

    // A modality's name comes from a file and may hold anything, also a path.
    private static string FileSafe(string name)
    {
        string safe = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '-'));
        return safe.Length is > 0 and <= 60 ? safe : safe.Length == 0 ? "modality" : safe[..60];
    }
}
