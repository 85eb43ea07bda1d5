using ModalityGap.CommandLine;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Verbs;

/// <summary>What is said beside the data: what was detected, and what makes the numbers doubtful.</summary>
internal static class Messages
{
    public static void Say(Terminal terminal, AnalysisResult result)
    {
        terminal.Say(result.Detected);
        Warn(terminal, "", result.Findings);
        foreach (PairResult pair in result.Pairs)
            Warn(terminal, result.Pairs.Count > 1 ? $"{pair.First}, {pair.Second}: " : "", pair.Findings);
    }

    public static void Say(Terminal terminal, LinearResult result)
    {
        terminal.Say(result.Detected);
        Warn(terminal, "", result.Findings);
        foreach (LinearPair pair in result.Pairs)
            Warn(terminal, result.Pairs.Count > 1 ? $"{pair.First}, {pair.Second}: " : "", pair.Findings);
    }

    public static void Say(Terminal terminal, ComparisonResult result)
    {
        terminal.Say(result.Detected);
        Warn(terminal, "", result.Findings);
    }

    public static void Say(Terminal terminal, CheckResult result)
    {
        terminal.Say(result.Detected);
        Warn(terminal, "", result.Findings);
    }

    /// <summary>What was noticed beside a result.</summary>
    public static void Say(Terminal terminal, IReadOnlyList<Finding> findings) => Warn(terminal, "", findings);

    private static void Warn(Terminal terminal, string subject, IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings.Where(finding => finding.Severity == FindingSeverity.Warning))
            terminal.Say($"warning: {subject}{finding.Message}");
    }
}
