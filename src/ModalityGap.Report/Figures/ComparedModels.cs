using ModalityGap.Comparisons;
using ModalityGap.Measures;
using ModalityGap.Report.Charts;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>The models of a comparison in the one order in which every figure and table shows them: that of the ranking.</summary>
internal sealed class ComparedModels
{
    private const int MostListed = 3, LongestList = 60;

    private const double SaidWidth = 330;

    private readonly ComparisonResult result;
    private readonly Dictionary<string, string> said;

    public ComparedModels(ComparisonResult result)
    {
        this.result = result;
        Names = new NumberNames(result.First, result.Second);
        Dictionary<string, RunResult> byName = result.Runs.ToDictionary(run => run.Name);
        Order = [.. result.Ranking.Places.Select(place => byName[place.Run])];
        Shown = DistinctNames.Fit([.. Order.Select(run => run.Name)], ForestPlot.MostNameWidth);
        string[] names = [.. Order.Select(run => run.Name)];
        said = names.Zip(DistinctNames.Fit(names, SaidWidth)).ToDictionary();
        Keys = [.. result.Runs[0].Measures.Keys.Where(key => result.Runs.Any(run => run.Measures.TryGetValue(key, out Measurement? one)
            && one.Estimate is not null))];
        MainKeys = [.. Keys.Where(key => !Names.IsDirected(key) || key == result.Ranking.Measure)];
    }

    /// <summary>What numbers are called.</summary>
    public NumberNames Names { get; }

    /// <summary>The models, the first of the ranking first.</summary>
    public IReadOnlyList<RunResult> Order { get; }

    /// <summary>Their names as figures show them, in the same order.</summary>
    public IReadOnlyList<string> Shown { get; }

    /// <summary>The keys of all numbers that any model has.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Those without the single directions of search.</summary>
    public IReadOnlyList<string> MainKeys { get; }

    /// <summary>The first model that was given.</summary>
    public string Reference => result.Runs[0].Name;

    /// <summary>The first of the ranking.</summary>
    public string Best => Order[0].Name;

    /// <summary>A model's number.</summary>
    public static Measurement Value(RunResult run, string key) =>
        run.Measures.TryGetValue(key, out Measurement? measured) ? measured : Measurement.Without(key, null, "not measured");

    /// <summary>A model's number less another's, with paired interval; <c>null</c> where these two were not subtracted or one lacks the number.</summary>
    public Estimate? Difference(string run, string against, string key) =>
        Subtracted(run, against, key) ?? (Subtracted(against, run, key) is { } turned ? Negative(turned) : null);

    /// <summary>Whether an interval excludes zero: 1 above, -1 below, 0 where it reaches zero or there is none.</summary>
    public static int Side(Estimate? difference) => difference is { Low: > 0 } ? 1 : difference is { High: < 0 } ? -1 : 0;

    /// <summary>A model's name in sentences: long ones are cut so that they still differ.</summary>
    public string Said(string run) => said[run];

    /// <summary>"a", "a and b", "a, b and c"; more only as their number.</summary>
    public string Listed(IReadOnlyList<string> names)
    {
        string[] all = [.. names.Select(Said)];
        return names.Count > MostListed || (names.Count > 1 && all.Sum(name => name.Length) > LongestList)
            ? Words.Counted(names.Count, "model")
            : all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    private Estimate? Subtracted(string run, string against, string key) =>
        result.Differences.FirstOrDefault(one => one.Run == run && one.Against == against) is { } difference
        && difference.Measures.TryGetValue(key, out Measurement? measured) ? measured.Estimate : null;

    private static Estimate Negative(Estimate estimate) => estimate with { Value = -estimate.Value, Low = -estimate.High, High = -estimate.Low };
}
