using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>Everything that a repetition or a doubt needs, folded.</summary>
internal sealed class MethodSection(AnalysisResult result, HtmlWriter html)
{
    public void Write()
    {
        using (html.Open("section", ("id", "method"), ("class", "method")))
        {
            html.Heading(2, "Method and numbers");
            Folded.Notes(html, result.Findings.Concat(result.Pairs.SelectMany(pair => pair.Findings)));
            Fold("Inputs", InputTable.Of(result));
            Fold("Parameters", ParameterTable.Of(result));
            foreach (PairResult pair in result.Pairs)
                PairNumbers(pair);
            Folded.Definitions(html, Used());
            Folded.Download(html);
        }
    }

    private void PairNumbers(PairResult pair)
    {
        string suffix = result.Pairs.Count > 1 ? $": {pair.First} and {pair.Second}" : "";
        Folded.Tables(html, "All measures" + suffix, [.. MeasureTable.Of(pair)]);
        foreach (Selection.CorrectionTrial trial in pair.Trials)
            Fold($"Trial of {Words.FromId(trial.Correction)}{suffix}", TrialTable.Of(trial),
                $"{Words.Capital(trial.Description)}. Protocol: {trial.Protocol}.");
        if (pair.Landscape.Families.Count > 0)
            Fold("Lowest points of the landscape" + suffix, MinimaTable.Of(pair));
    }

    private HashSet<string> Used() =>
        [.. result.Pairs.SelectMany(pair => pair.Measures.Values.Select(measured => measured.Id)), "threshold", "landscape", "mixed-search"];

    private void Fold(string summary, DataTable table, string? before = null) => Folded.Tables(html, summary, [table], before);
}
