using ModalityGap.Comparisons;
using ModalityGap.Report.Figures;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Page;

/// <summary>A comparison in sentences: which model is best, whether that can be told from the second, where the reference stands.</summary>
internal sealed class ComparisonVerdict(ComparisonResult result, ComparedModels models)
{
    private readonly IReadOnlyList<RankedRun> places = result.Ranking.Places;

    private string Key => result.Ranking.Measure;

    private string Number => models.Names.Full(Key);

    private RankedRun Best => places[0];

    private string[] Level => [.. places.Skip(1).TakeWhile(place => place.Group == Best.Group).Select(place => place.Run)];

    /// <summary>Whether the first is known to be ahead of the second.</summary>
    public bool IsDecided => Level.Length == 0;

    /// <summary>In two or three words.</summary>
    public string Band => IsDecided ? "one model is best" : Level.Length == places.Count - 1 ? "no model is best beyond noise" : "the first place is shared";

    /// <summary>The finding in one sentence.</summary>
    public string Headline()
    {
        string way = result.Ranking.LowestFirst ? "lowest" : "highest";
        string start = $"By {Words.LowerCase(Number)}, {Short(Best.Run)} is {way}: {Numbers.Of(Best.Value)}";
        return IsDecided
            ? $"{start}, beyond the paired interval"
            : Level.Length == places.Count - 1
                ? $"By {Words.LowerCase(Number)} these items cannot tell the {(places.Count == 2 ? "two" : Numbers.Count(places.Count))} models apart"
                : $"{start}; {models.Listed(Level)} cannot be told from it";
    }

    /// <summary>What else decides.</summary>
    public IEnumerable<string> Sentences()
    {
        if (places.Count > 1)
            yield return Second();
        yield return Reference();
        if (Gaps() is { } gaps)
            yield return gaps;
        if (Association() is { } association)
            yield return $"{Words.Capital(models.Names.Brief(association.Gap))} against {models.Names.Brief(association.Recall)}: "
                + Words.LowerCase(association.Sentence).Replace(" -", " −", StringComparison.Ordinal);
    }

    // What is found by the number that ranks, where that is one of search.
    private GapAssociation? Association() =>
        result.Associations.OrderByDescending(one => one.Recall == Key).FirstOrDefault();

    private string Second()
    {
        RankedRun second = places[1];
        string start = $"Second is {Short(second.Run)} with {Numbers.Of(second.Value)}";
        Estimate? behind = second.Group == Best.Group ? second.BehindFirst : models.Difference(second.Run, Best.Run, Key);
        return behind is null
            ? $"{start}."
            : $"{start}. Less {Short(Best.Run)}, item by item: {Numbers.Difference(behind)}, "
                + $"{(ComparedModels.Side(behind) == 0 ? "within noise" : "beyond noise")}.";
    }

    private string Reference()
    {
        string reference = models.Reference;
        int place = places.Select(one => one.Run).ToList().IndexOf(reference);
        Estimate?[] others = [.. places.Where(one => one.Run != reference).Select(one => models.Difference(one.Run, reference, Key))];
        int sign = result.Ranking.LowestFirst ? -1 : 1;
        int better = others.Count(one => ComparedModels.Side(one) == sign), worse = others.Count(one => ComparedModels.Side(one) == -sign);
        string standing = string.Join(", ", new[]
        {
            better > 0 ? $"{Words.Counted(better, "model")} better" : "",
            worse > 0 ? $"{Words.Counted(worse, "model")} worse" : "",
            others.Length - better - worse is > 0 and var level ? $"{Words.Counted(level, "model")} not told from it" : "",
        }.Where(part => part.Length > 0));
        return $"The reference, {Short(reference)}, is in place {Numbers.Count(place + 1)} of {Numbers.Count(places.Count)} with "
            + $"{Numbers.Of(places[place].Value)}: {standing}.";
    }

    private string? Gaps()
    {
        (string Name, Estimate Gap)[] gaps =
        [
            .. models.Order.Select(run => (run.Name, ComparedModels.Value(run, "gap-debiased").Estimate!)).Where(one =>
                one.Item2 is not null).OrderBy(one => one.Item2.Value),
        ];
        return gaps.Length < 2
            ? null
            : $"The gap is smallest in {Short(gaps[0].Name)}, {Numbers.Cosine(gaps[0].Gap)}, and largest in {Short(gaps[^1].Name)}, "
                + $"{Numbers.Cosine(gaps[^1].Gap)}.";
    }

    private string Short(string name) => models.Said(name);
}
