using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The screen that decides: the verdict, the thresholds, the one action.</summary>
internal sealed class PairScreen(PairResult pair, CorrectionEvidence? corrections, HtmlWriter html, int level, string id)
{
    // Every correction held against every other one knows more than the trial of a single one.
    private readonly (string Headline, string Gain, string Harm, string Condition, string Snippet) advice = corrections is { Result.Advice: { } chosen }
        ? (chosen.Headline, chosen.Gain, chosen.Harm, chosen.Condition,
            chosen.Action == pair.Recommendation.Action ? pair.Recommendation.Snippet : corrections.Result.Fitted is null ? "" : corrections.Command)
        : (pair.Recommendation.Headline, pair.Recommendation.Gain, pair.Recommendation.Harm, pair.Recommendation.Condition, pair.Recommendation.Snippet);

    public void Write()
    {
        using (html.Open("section", ("class", "screen")))
        {
            using (html.Open("div", ("class", "headline")))
            {
                html.Element("p", Band(), ("class", "band " + BandLook));
                html.Heading(level, Words.Tied(pair.Verdict.Headline));
            }
            using (html.Open("div", ("class", "verdict")))
                Verdict();
            using (html.Open("section", ("class", "action card"), ("aria-labelledby", id + "-action")))
                Action();
            using (html.Open("section", ("class", "thresholds card"), ("aria-labelledby", id + "-thresholds")))
                new ThresholdBlock(pair.Thresholds, html, id + "-thresholds", level + 1).Write();
        }
    }

    private void Verdict()
    {
        using (html.Open("ul", ("class", "sentences")))
            foreach (string sentence in pair.Verdict.Sentences)
                html.Element("li", Words.Tied(sentence));
        html.Element("p", pair.Verdict.BandReference, ("class", "reference"));
    }

    private string Band() => pair.Verdict.Band == "closed" ? "no gap beyond noise" : pair.Verdict.Band + " gap";

    // The class comes from a fixed list, whatever a file says.
    private string BandLook => pair.Verdict.Band switch { "severe" => "bad", "moderate" => "warn", _ => "good" };

    private void Action()
    {
        (string label, string sentence) = Split(advice.Headline);
        html.Element("p", "What to do", ("class", "eyebrow"));
        html.Heading(level + 1, label, ("id", id + "-action"));
        if (sentence.Length > 0)
            html.Element("p", Words.Tied(sentence), ("class", "lead"));
        using (html.Open("dl", ("class", "effects")))
        {
            Effect("Gain", advice.Gain);
            Effect("Harm", advice.Harm);
            Effect("Condition", advice.Condition);
        }
        Snippet();
    }

    // "Do nothing: on held-out pairs …" reads as a short heading and a sentence.
    private static (string Label, string Sentence) Split(string headline)
    {
        int colon = headline.IndexOf(": ", StringComparison.Ordinal);
        return colon is < 0 or > 40 ? (headline, "") : (headline[..colon], Words.Capital(headline[(colon + 2)..]));
    }

    private void Effect(string name, string sentence)
    {
        if (sentence.Length == 0)
            return;
        using (html.Open("div"))
        {
            html.Element("dt", name);
            html.Element("dd", Words.Tied(sentence));
        }
    }

    private void Snippet()
    {
        if (advice.Snippet.Length == 0)
            return;
        using (html.Open("div", ("class", "snippet")))
        {
            html.Element("button", "Copy", ("type", "button"), ("class", "quiet"), ("data-copy", id + "-snippet"), ("hidden", ""));
            bool command = advice.Snippet.StartsWith("modgap ", StringComparison.Ordinal);
            using (html.Open("pre", ("class", command ? "commands" : null), ("tabindex", "0"), ("role", "region"), ("aria-label", "What to run")))
                html.Element("code", advice.Snippet, ("id", id + "-snippet"));
        }
    }
}
