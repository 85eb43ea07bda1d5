using ModalityGap.Embeddings;
using ModalityGap.Statistics;

namespace ModalityGap.Comparisons;

/// <summary>Puts models in the order of one number and says which of them cannot be told apart.</summary>
internal static class RunRanking
{
    /// <param name="names">The models.</param>
    /// <param name="numbers">Their number, in the same order.</param>
    /// <exception cref="EmbeddingDataException">A model lacks the number.</exception>
    public static Ranking Of(IReadOnlyList<string> names, IReadOnlyList<ComparableNumber> numbers)
    {
        for (int r = 0; r < names.Count; r++)
            if (numbers[r].Measurement is { Estimate: null, Missing: { } reason })
                throw new EmbeddingDataException(names[r], $"it has no {numbers[r].Key} to rank by. {reason}", "Rank by another measure.");
        bool lowest = Headlines.LowestFirst(numbers[0].Measurement.Id);
        int[] order = [.. Enumerable.Range(0, names.Count).OrderBy(r => (lowest ? 1 : -1) * Value(numbers[r]).Value)];
        List<RankedRun> places = [];
        int group = 0, head = -1;
        foreach (int r in order)
        {
            Estimate behind = head < 0 ? Nothing(numbers[r]) : numbers[r].Less(numbers[head]).Estimate!;
            if (head < 0 || IsApart(behind))
                (head, group, behind) = (r, group + 1, Nothing(numbers[r]));
            places.Add(new RankedRun(names[r], group, Value(numbers[r]), behind));
        }
        return new Ranking
        {
            Measure = numbers[0].Key,
            LowestFirst = lowest,
            Places = places,
            Sentence = InWords(places, numbers[0].Key, lowest),
        };
    }

    private static Estimate Value(ComparableNumber number) => number.Measurement.Estimate!;

    private static Estimate Nothing(ComparableNumber number) => Estimate.Exact(0, "the first of its group", Value(number).Count);

    private static bool IsApart(Estimate difference) => difference.Low > 0 || difference.High < 0;

    private static string InWords(List<RankedRun> places, string key, bool lowest)
    {
        string[] first = [.. places.Where(place => place.Group == 1).Select(place => place.Run)];
        string way = lowest ? "lowest" : "highest";
        if (first.Length == places.Count)
            return $"By {key} these items cannot tell the models apart.";
        return first.Length == 1
            ? $"{first[0]} has the {way} {key}, beyond the paired interval."
            : $"{first[0]} has the {way} {key}; {List(first[1..])} cannot be told from it.";
    }

    private static string List(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
}
