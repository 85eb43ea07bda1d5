using System.Globalization;
using ModalityGap.Comparisons;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Page;

/// <summary>Every number of a comparison and everything that a repetition or a doubt needs, folded.</summary>
internal sealed class ComparisonMethod(ComparisonResult result, ComparedModels models, HtmlWriter html)
{
    private const string AboutAssociations = "τ is Kendall's τ_b and ρ Spearman's rank correlation of the two numbers over the models. Over "
        + "items: would the same models stand in "
        + "this order on other items? A percentile bootstrap of the items, the same resamples for all models. Over models: what would other "
            + "models drawn like these show? "
        + "Fieller's interval of the rank correlation, from five models on. p: the share of orders of the models that agree or disagree as "
            + "far; each line alone.";

    private const string AboutNumbers = "Recall and mixed search: percentile bootstrap over the items, fixed gallery; of a difference, the "
        + "same resampled items for both models. "
        + "Gap, RMG, mean cosine and separability: as in modgap measure; of a difference, from both intervals and the correlation of the "
            + "jackknife values by item (Zou 2007).";

    public void Write()
    {
        using (html.Open("section", ("id", "method"), ("class", "method")))
        {
            html.Heading(2, "Method and numbers");
            Folded.Notes(html, result.Findings);
            Fold("Inputs", Inputs());
            Fold("Parameters", Parameters());
            Fold("Ranking", Ranking(), result.Ranking.Sentence);
            Fold("Every number of every model", Values(), AboutNumbers);
            Fold("Every difference", Differences(), AboutNumbers);
            if (result.Associations.Count > 0)
                Fold("The gap against what is found, over the models", Associations(), AboutAssociations);
            Folded.Definitions(html, models.Keys.Select(NumberNames.Id).ToHashSet());
            Folded.Download(html);
        }
    }

    private void Fold(string summary, DataTable table, string? before = null) => Folded.Tables(html, summary, [table], before);

    private DataTable Inputs() => new(
        ["Model", "Modality", "Source", "Format", "Rows", "Dimensions", "Fingerprint"],
        [
            .. result.Runs.SelectMany(run => (IReadOnlyList<string>[])
            [
                Input(run, result.First, run.First, run.FirstRows), Input(run, result.Second, run.Second, run.SecondRows),
            ]),
        ]);

    private static IReadOnlyList<string> Input(RunResult run, string modality, Provenance provenance, int rows) =>
    [
        run.Name,
        modality,
        provenance.Part is { } part ? $"{provenance.Source}, part {part}" : provenance.Source,
        $"{provenance.Format}, {provenance.ElementType}",
        Numbers.Count(rows),
        Numbers.Count(run.Dimensions),
        provenance.Fingerprint.Value.Length == 0 ? "none" : $"{provenance.Fingerprint.Algorithm} {provenance.Fingerprint.Value}",
    ];

    private DataTable Parameters() => new(
        ["Parameter", "Value"],
        [
            ["Program", result.Tool],
            ["Seed", result.Seed.ToString(CultureInfo.InvariantCulture)],
            ["Items that every model has", Numbers.Count(result.Items)],
            ["Rows paired by", result.PairedBy],
            ["Reference", models.Reference],
            ["Ranked by", $"{models.Names.Full(result.Ranking.Measure)} ({result.Ranking.Measure}), "
                + $"{(result.Ranking.LowestFirst ? "the lowest first" : "the highest first")}"],
        ]);

    private DataTable Ranking() => new(
        ["Model", "Place", "Group", models.Names.Full(result.Ranking.Measure), "Less the first of its group"],
        [
            .. result.Ranking.Places.Select((place, k) => (IReadOnlyList<string>)
            [
                place.Run, Numbers.Count(k + 1), Numbers.Count(place.Group), Numbers.Of(place.Value), Numbers.Difference(place.BehindFirst),
            ]),
        ]);

    private DataTable Values() => new(
        ["Model", "Number", "Key", "Value", "n", "How"],
        [.. models.Order.SelectMany(run => run.Measures.Select(one => Row([run.Name, models.Names.Full(one.Key), one.Key], one.Value, Numbers.Of)))]);

    private DataTable Differences() => new(
        ["Model", "Less", "Number", "Key", "Difference", "n", "How"],
        [
            .. result.Differences.SelectMany(difference => difference.Measures.Select(one =>
                Row([difference.Run, difference.Against, models.Names.Full(one.Key), one.Key], one.Value, Numbers.Difference))),
        ]);

    private DataTable Associations() => new(
        ["Gap", "Found by", "Number", "Value", "n", "How"],
        [
            .. result.Associations.SelectMany(one => ((string, Measurement)[])
            [
                ("τ over items", one.KendallTau), ("τ over models", one.KendallTauOverModels), ("ρ over items", one.SpearmanRho),
                ("ρ over models", one.SpearmanRhoOverModels),
                ("p", one.PermutationPValue),
            ], (one, number) => Row([models.Names.Full(one.Gap), models.Names.Full(one.Recall), number.Item1], number.Item2, Numbers.Of)),
        ]);

    private static IReadOnlyList<string> Row(string[] start, Measurement measured, Func<Estimate, string> format) => measured.Estimate is { } estimate
        ? [.. start, format(estimate), Numbers.Count(estimate.Count), estimate.Method]
        : [.. start, Numbers.None, "", measured.Missing ?? "not measured"];
}
