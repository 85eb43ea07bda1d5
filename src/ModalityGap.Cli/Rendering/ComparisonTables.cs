using System.Globalization;
using ModalityGap.Comparisons;
using ModalityGap.Measures;

namespace ModalityGap.Cli.Rendering;

/// <summary>The tables of a comparison, as cells that the terminal and Markdown share.</summary>
internal static class ComparisonTables
{
    public const string AboutGroups =
        "A group holds its first model and those after it that the paired 95 % interval cannot tell from it; each is compared once, "
        + "without a correction for many models.";

    public const string AssociationTitle = "Does the gap predict what is found?";

    public static string[] AssociationHead { get; } = ["gap by", "found by", "models", "Kendall's tau [items]", "[models]", "Spearman's rho [items]", "p"];

    public const string AboutAssociations =
        "[items]: the same models with other items. [models]: other models drawn like these, from five models on. p: the share of orders of the models "
        + "that agree or disagree as far, for each line alone.";

    public static string RankingTitle(ComparisonResult result) => $"By {Name(result.Ranking.Measure)}";

    public static string[] RankingHead(ComparisonResult result) => ["group", "model", result.Ranking.Measure, "less the first of its group"];

    public static IEnumerable<string[]> Ranking(ComparisonResult result) => result.Ranking.Places.Select(place => new[]
    {
        place.Group.ToString(CultureInfo.InvariantCulture),
        place.Run,
        Rendering.Numbers.Both(place.Value),
        place.BehindFirst.Low is null && place.BehindFirst.Value == 0 ? "" : Signed(Measurement.Of("", null, place.BehindFirst)),
    });

    /// <summary>A row for each measure that any model has, a column for each of some models.</summary>
    public static IEnumerable<string[]> Numbers(ComparisonResult result, IReadOnlyList<RunResult> some) =>
        Keys(result).Select(key => (string[])[Name(key), .. some.Select(run => Rendering.Numbers.Both(run.Measures[key]))]);

    /// <summary>The same of differences.</summary>
    public static IEnumerable<string[]> Differences(ComparisonResult result, IReadOnlyList<RunDifference> some) =>
        Keys(result).Select(key => (string[])[Name(key), .. some.Select(difference => Signed(difference.Measures[key]))]);

    public static bool HasAssociations(ComparisonResult result) => result.Associations.Any(association => association.KendallTau.Estimate is not null);

    public static IEnumerable<string[]> Associations(ComparisonResult result) => result.Associations.Select(association => new[]
    {
        Brief(association.Gap),
        Brief(association.Recall),
        association.Models.ToString(CultureInfo.InvariantCulture),
        Rendering.Numbers.Both(association.KendallTau),
        association.KendallTauOverModels.Estimate is { } over ? Rendering.Numbers.Interval(over) : "-",
        Rendering.Numbers.Both(association.SpearmanRho),
        Rendering.Numbers.Both(association.PermutationPValue),
    });

    public const string TooFewModels = "That takes three models at least; two have an order, but no correlation.";

    public static string Sentence(GapAssociation association) => $"{Brief(association.Gap)}, {Brief(association.Recall)}: {association.Sentence}";

    /// <summary>All numbers of an association, with what their interval is over where that has to be said.</summary>
    public static (string Over, Measurement Number)[] Correlations(GapAssociation association) =>
    [
        ("items", association.KendallTau),
        ("models", association.KendallTauOverModels),
        ("items", association.SpearmanRho),
        ("models", association.SpearmanRhoOverModels),
        ("", association.PermutationPValue),
    ];

    private static IEnumerable<string> Keys(ComparisonResult result) =>
        result.Runs[0].Measures.Keys.Where(key => result.Runs.Any(run => run.Measures[key].Estimate is not null));

    private static string Brief(string key) => key.Split('/')[0] switch
    {
        "gap-debiased" => "gap",
        "relative-modality-gap" => "RMG",
        "mixed-search" => "mixed hit@1",
        _ => "R@1",
    };

    // "R@1, image to text"
    private static string Name(string key)
    {
        string[] parts = key.Split('/', 2);
        string name = Wording.Name(parts[0]);
        return parts.Length == 1 ? name : $"{name}, {parts[1].Replace("hit-at-1", "hit@1", StringComparison.Ordinal).Replace('-', ' ')}";
    }

    private static string Signed(Measurement measurement) =>
        measurement.Estimate is { } estimate ? $"{(estimate.Value > 0 ? "+" : "")}{Rendering.Numbers.Both(estimate)}" : "-";
}
