using System.Globalization;

namespace ModalityGap.Cli.Rendering;

/// <summary>What a linear result may hold beside its measures: groups, and the sample.</summary>
internal static class LinearTables
{
    public static string[] GroupHead { get; } = ["Group", "items", "gap", "matched cosine"];

    public static IEnumerable<string[]> Groups(IReadOnlyList<LinearGroup> groups) => groups.Select(group => new[]
    {
        group.Name, group.Items.ToString(CultureInfo.InvariantCulture), Numbers.Both(group.Gap), Numbers.Both(group.MatchedCosine),
    });

    public static string SampleTitle(LinearSample sample, long items) => sample.Items == items
        ? $"Every pair of rows, of all {items} items"
        : $"Every pair of rows, of a random sample of {sample.Items} of {items} items";

    public static string AboutSample(LinearSample sample) =>
        $"Search and the loss are of a gallery of {sample.Items} rows and become harder with more; cosines and thresholds are those of all.";
}
