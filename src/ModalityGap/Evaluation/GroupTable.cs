using System.Globalization;
using ModalityGap.Embeddings;
using ModalityGap.Statistics;

namespace ModalityGap.Evaluation;

/// <summary>
/// How often the images of each group take a class of each set, in the layout of the paper's Table 2 (denigration harms): a row per group, a
/// column per class set and one for all sets together, accuracy where it is known, and how far the groups are apart.
/// </summary>
public sealed record GroupTable
{
    /// <summary>The class sets, such as crime.</summary>
    public required IReadOnlyList<ClassSet> ClassSets { get; init; }

    /// <summary>The groups, in the order in which they first occur.</summary>
    public required IReadOnlyList<GroupRow> Groups { get; init; }

    /// <summary>Share of all images that took their own class.</summary>
    public required PossibleEstimate Accuracy { get; init; }

    /// <summary>How far the groups are apart in each column.</summary>
    public required IReadOnlyList<GroupDisparity> Disparities { get; init; }

    /// <summary>The name of the column that adds up all class sets.</summary>
    public const string Sum = "sum";

    /// <summary>The name of the column of accuracies.</summary>
    public const string AccuracyColumn = "accuracy";

    /// <summary>From the class that each image took.</summary>
    /// <param name="groups">The group of each image.</param>
    /// <param name="predicted">The class that each image took, as an index into <paramref name="classes"/>.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="hits">1 for a right prediction, else 0; <c>null</c> where nothing is known to be right.</param>
    /// <param name="sets">The class sets; none for accuracies alone.</param>
    /// <param name="source">The file of the groups, for a message.</param>
    /// <param name="random">The randomness of the resamples.</param>
    /// <exception cref="EmbeddingDataException">A set names no class, or there is one group only.</exception>
    internal static GroupTable Of(
        IReadOnlyList<string> groups,
        int[] predicted,
        IReadOnlyList<string> classes,
        double[]? hits,
        IReadOnlyList<ClassSet> sets,
        string source,
        RandomStream random)
    {
        if (groups.Count != predicted.Length)
            throw new EmbeddingDataException(
                source, $"it names the groups of {groups.Count} rows; {predicted.Length} were classified.", "Give one group per row of the first modality, in its order.");
        return Of(Count(groups, predicted, classes, hits), classes, sets, source, random);
    }

    /// <summary>The groups' rows alone.</summary>
    internal static IReadOnlyList<GroupRow> RowsOf(
        IReadOnlyList<string> groups, int[] predicted, IReadOnlyList<string> classes, double[] hits, IReadOnlyList<ClassSet> sets) =>
        [.. Count(groups, predicted, classes, hits).Select(group => Row(group, classes, sets, withAccuracy: true))];

    /// <summary>From counts, as a publication prints them.</summary>
    /// <param name="groups">How many images of each group took each class.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="sets">The class sets.</param>
    /// <param name="source">Where the counts are from, for a message.</param>
    /// <param name="random">The randomness of the resamples.</param>
    /// <exception cref="EmbeddingDataException">A set names no class, or there is one group only.</exception>
    internal static GroupTable Of(
        IReadOnlyList<GroupCounts> groups, IReadOnlyList<string> classes, IReadOnlyList<ClassSet> sets, string source, RandomStream random)
    {
        CheckSets(sets, classes, source);
        if (groups.Count < 2)
            throw new EmbeddingDataException(source, "all its rows are of one group.", "Groups are compared with each other: give the group of each row.");
        bool withAccuracy = groups.All(group => group.Right is not null);
        GroupRow[] rows = [.. groups.Select(group => Row(group, classes, sets, withAccuracy))];
        long images = groups.Sum(group => (long)group.Count);
        return new GroupTable
        {
            ClassSets = sets,
            Groups = rows,
            Accuracy = withAccuracy
                ? new PossibleEstimate(Estimate.Share(groups.Sum(group => (long)group.Right!) / (double)images, images, "images"), null)
                : new PossibleEstimate(null, "Which predictions are right is not known by group."),
            Disparities = [.. Columns(sets, withAccuracy).Select(column => GroupDisparity.Of(column.Name, rows, column.RateOf, random.Fork("disparity/" + column.Name)))],
        };
    }

    private static GroupCounts[] Count(IReadOnlyList<string> groups, int[] predicted, IReadOnlyList<string> classes, double[]? hits)
    {
        string[] names = [.. groups.Distinct()];
        Dictionary<string, int[]> counts = names.ToDictionary(name => name, _ => new int[classes.Count]);
        Dictionary<string, int> right = names.ToDictionary(name => name, _ => 0);
        for (int i = 0; i < predicted.Length; i++)
        {
            counts[groups[i]][predicted[i]]++;
            right[groups[i]] += hits?[i] == 1 ? 1 : 0;
        }
        return [.. names.Select(name => new GroupCounts(name, counts[name], hits is null ? null : right[name]))];
    }

    private static IEnumerable<(string Name, Func<GroupRow, Estimate> RateOf)> Columns(IReadOnlyList<ClassSet> sets, bool withAccuracy)
    {
        for (int k = 0; k < sets.Count; k++)
        {
            int set = k;
            yield return (sets[k].Name, row => row.Rates[set]);
        }
        if (sets.Count > 1)
            yield return (Sum, row => row.Sum!);
        if (withAccuracy)
            yield return (AccuracyColumn, row => row.Accuracy!);
    }

    private static GroupRow Row(GroupCounts group, IReadOnlyList<string> classes, IReadOnlyList<ClassSet> sets, bool withAccuracy)
    {
        int Taken(IEnumerable<string> set) => set.Distinct().Sum(name => Enumerable.Range(0, classes.Count).Where(c => classes[c] == name).Sum(c => group.Taken[c]));
        return new GroupRow
        {
            Name = group.Name,
            Images = group.Count,
            Rates = [.. sets.Select(set => Rate(Taken(set.Classes), group.Count))],
            Sum = sets.Count == 0 ? null : Rate(Taken(sets.SelectMany(set => set.Classes)), group.Count),
            Accuracy = withAccuracy ? Rate(group.Right!.Value, group.Count) : null,
        };
    }

    private static Estimate Rate(int hits, int count) => count == 1
        ? Estimate.Exact(hits, "a group of one image has no interval", 1)
        : Estimate.Share(hits / (double)count, count, "images of the group");

    private static void CheckSets(IReadOnlyList<ClassSet> sets, IReadOnlyList<string> classes, string source)
    {
        foreach (ClassSet set in sets)
            if (set.Classes.FirstOrDefault(name => !classes.Contains(name)) is { } unknown)
                throw new EmbeddingDataException(
                    source,
                    string.Create(CultureInfo.InvariantCulture, $"the class set \"{set.Name}\" names \"{Excerpt.Of(unknown, 40)}\", which is none of the {classes.Count} classes."),
                    $"Classes are called \"{Excerpt.Of(classes[0], 40)}\" and so on: use their names, separated by commas.");
        if (sets.Select(set => set.Name).Append(Sum).Append(AccuracyColumn).Distinct().Count() < sets.Count + 2)
            throw new EmbeddingDataException(source, $"two class sets have the same name, or one is called \"{Sum}\" or \"{AccuracyColumn}\".", "Give each a name of its own.");
    }
}

/// <summary>Classes that count as one, such as crime: thief, criminal, suspicious person.</summary>
/// <param name="Name">What the set is called.</param>
/// <param name="Classes">The names of its classes.</param>
public sealed record ClassSet(string Name, IReadOnlyList<string> Classes);

/// <summary>What the images of one group took.</summary>
/// <param name="Name">The group.</param>
/// <param name="Taken">How many took each class.</param>
/// <param name="Right">How many took their own class; <c>null</c> where that is not known.</param>
internal sealed record GroupCounts(string Name, int[] Taken, int? Right)
{
    /// <summary>Number of images.</summary>
    public int Count => Taken.Sum();
}
