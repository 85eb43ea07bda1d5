using ModalityGap.Embeddings;
using ModalityGap.Measures;
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
            Notes();
            Fold("Inputs", InputTable.Of(result));
            Fold("Parameters", ParameterTable.Of(result));
            foreach (PairResult pair in result.Pairs)
                PairNumbers(pair);
            Definitions();
            Download();
        }
    }

    private void PairNumbers(PairResult pair)
    {
        string suffix = result.Pairs.Count > 1 ? $": {pair.First} and {pair.Second}" : "";
        Fold("All measures" + suffix, [.. MeasureTable.Of(pair)]);
        foreach (Selection.CorrectionTrial trial in pair.Trials)
            Fold($"Trial of {Words.FromId(trial.Correction)}{suffix}", TrialTable.Of(trial), $"{Words.Capital(trial.Description)}. Protocol: {trial.Protocol}.");
        if (pair.Landscape.Families.Count > 0)
            Fold("Lowest points of the landscape" + suffix, MinimaTable.Of(pair));
    }

    private void Notes()
    {
        Finding[] notes =
        [
            .. result.Findings.Concat(result.Pairs.SelectMany(pair => pair.Findings))
                .Where(finding => finding.Severity == FindingSeverity.Note).Distinct(),
        ];
        if (notes.Length == 0)
            return;
        using (html.Open("ul", ("class", "notes")))
            foreach (Finding note in notes)
                html.Element("li", note.Message);
    }

    private void Definitions()
    {
        HashSet<string> used = [.. result.Pairs.SelectMany(pair => pair.Measures.Values.Select(measured => measured.Id)), "threshold", "landscape", "mixed-search"];
        using (html.Open("details"))
        {
            html.Element("summary", "Definitions, formulas, references");
            using (html.Open("div", ("class", "unfolded definitions")))
                foreach (MeasureInfo info in MeasureCatalog.All.Where(info => used.Contains(info.Id)))
                    Definition.Write(html, info);
        }
    }

    private void Fold(string summary, DataTable table, string? before = null) => Fold(summary, [table], before);

    private void Fold(string summary, IReadOnlyList<DataTable> tables, string? before = null)
    {
        using (html.Open("details"))
        {
            html.Element("summary", summary);
            if (before is not null)
                html.Element("p", before, ("class", "reference"));
            using (html.Open("div", ("class", "unfolded scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", summary)))
                foreach (DataTable table in tables)
                    Tables.Write(html, table);
        }
    }

    private void Download()
    {
        using (html.Open("p", ("class", "download")))
            html.Element("button", "Download all numbers as JSON", ("type", "button"), ("data-download", ResultJson.Id), ("hidden", ""));
    }
}
