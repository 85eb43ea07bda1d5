using System.Text;
using ModalityGap.CommandLine;
using ModalityGap.Report;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary>Writes the page, and the figures as files of their own.</summary>
internal static class ReportFiles
{
    public static void WritePage(ReportContents contents, Destination destination) =>
        destination.Write(writer => ReportPage.Write(contents, writer));

    /// <summary>Writes every figure as an SVG file and returns how many there are.</summary>
    public static int WriteFigures(ReportContents contents, string folder)
    {
        AnalysisResult result = contents.Analysis;
        int count = 0;
        for (int k = 0; k < result.Pairs.Count; k++)
        {
            PairResult pair = result.Pairs[k];
            string prefix = result.Pairs.Count == 1 ? "" : $"{FileSafe(pair.First)}-{FileSafe(pair.Second)}-";
            foreach (ReportFigure figure in ReportFigures.Of(pair, k < contents.Corrections.Count ? contents.Corrections[k]?.Result : null))
            {
                using var file = OutputFile.Open(Path.Combine(folder, $"{prefix}{FileSafe(figure.Name)}.svg"));
                file.Write(Encoding.UTF8.GetBytes(figure.Svg));
                count++;
            }
        }
        return count;
    }

    /// <summary>What all corrections, held against each other, come to.</summary>
    public static void SayAdvice(Terminal terminal, ReportContents contents)
    {
        foreach (CorrectionEvidence evidence in contents.Corrections.OfType<CorrectionEvidence>())
            terminal.Say($"{evidence.Result.Candidates.Count(candidate => candidate.Search is not null)} corrections and placebos held against each other: {evidence.Result.Advice.Headline}");
    }

    // A modality's name comes from a file and may hold anything, also a path.
    private static string FileSafe(string name)
    {
        string safe = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '-'));
        return safe.Length is > 0 and <= 60 ? safe : safe.Length == 0 ? "modality" : safe[..60];
    }
}
