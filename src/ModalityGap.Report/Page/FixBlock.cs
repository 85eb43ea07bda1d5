using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>What to do with the correction that was chosen: keep its files, or fit it again and print code that searches with it.</summary>
internal sealed class FixBlock(CorrectionEvidence evidence, HtmlWriter html, string id, int level)
{
    /// <summary>Beyond this many bytes the files do not travel inside the page.</summary>
    internal const int MostBytes = 1_500_000;

    public void Write()
    {
        CorrectionResult result = evidence.Result;
        using (html.Open("section", ("class", "card wide use"), ("aria-labelledby", id)))
        {
            html.Heading(level, result.Fitted is null ? "Nothing to keep" : "Use it", ("id", id));
            if (result.Fitted is null)
            {
                html.Element("p", Words.Tied($"{result.Advice.Headline} {result.Advice.Gain}"), ("class", "lead"));
                return;
            }
            html.Element("p", $"Fitted on all {Words.Counted(result.Items, "item")}: {Words.FromId(result.Fitted)}.", ("class", "lead"));
            html.Element("p", $"How it was chosen: {result.Rule}", ("class", "reference"));
            Files();
            html.Element("p", "The same on the command line, and then code for an index, as SQL for pgvector, NumPy or C#:", ("class", "reference"));
            using (html.Open("div", ("class", "snippet")))
            {
                html.Element("button", "Copy", ("type", "button"), ("class", "quiet"), ("data-copy", id + "-commands"), ("hidden", ""));
                using (html.Open("pre", ("tabindex", "0"), ("role", "region"), ("aria-label", "Commands")))
                    html.Element("code", $"{evidence.Command}\nmodgap emit gap.json --as numpy", ("id", id + "-commands"));
            }
        }
    }

    private void Files()
    {
        if (evidence.Files.Count == 0 || evidence.Files.Sum(file => (long)file.Content.Length) > MostBytes)
        {
            html.Element("p", "Its files are too large to travel inside this page, or could not be made; the first command writes them.", ("class", "reference"));
            return;
        }
        using (html.Open("p", ("class", "download")))
            for (int k = 0; k < evidence.Files.Count; k++)
            {
                ReportDownload file = evidence.Files[k];
                string data = $"{id}-file-{k + 1}";
                html.Element("button", $"Download {file.Name}", ("type", "button"), ("data-file", data), ("data-name", file.Name), ("hidden", ""));
                html.Text(" ");
                html.Asset("script", Convert.ToBase64String(file.Content), ("type", "text/plain"), ("id", data));
            }
    }
}
