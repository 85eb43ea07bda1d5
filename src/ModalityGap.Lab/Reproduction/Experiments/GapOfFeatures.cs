using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Measures;
using ModalityGap.Projections;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Figure 1 and supplementary Figure 4: the gap of any features, trained or with random weights, and their maps by singular directions and UMAP.
/// </summary>
internal sealed class GapOfFeatures : IExperiment
{
    /// <summary>More pairs would blot a small map, and their points fill the result's file.</summary>
    private const int Drawn = 80;

    public string Id => "figure-1";

    public string Title => "Figure 1: the gap is there in every model, trained or not";

    public Material Needs => Material.Features;

    public IReadOnlyList<Setting> Settings(Effort effort) => [new("maps", "singular directions and UMAP, 500 pairs at most")];

    public double Minutes(Effort effort) => 0.5;

    public Findings Run(ExperimentContext context)
    {
        List<(FeatureSet Set, PairResult Pair)> results = [];
        for (int k = 0; k < context.Given.Features.Count; k++)
        {
            FeatureSet set = context.Given.Features[k];
            context.Tell(set.Name, (double)k / context.Given.Features.Count);
            var options = new AnalysisOptions { Threads = context.Work.Threads, Maps = [MapKind.Svd, MapKind.Umap], MapPairs = 500, Temperatures = [0.01] };
            results.Add((set, GapAnalysis.Run([set.First, set.Second], options, null, context.Work.Cancellation).Pairs[0]));
        }
        return new Findings
        {
            Outcomes = [Pervasive(results), Separate(results), AtInitialisation(results), RandomRecall(results), Effective(results)],
            Tables = [Table(results)],
            Charts = [.. results.Select(result => Figure(result.Set, result.Pair))],
            Notes =
            [
                "Gaps and separability are measured in all dimensions; a map by UMAP shows who is near whom, and its lengths mean nothing.",
                $"Maps are laid out with all pairs (500 at most); {Drawn} of them are drawn.",
            ],
        };
    }

    private static Outcome Pervasive(List<(FeatureSet Set, PairResult Pair)> results)
    {
        int beyondNoise = results.Count(result => result.Pair.Measures["gap"].Estimate is { Low: > 0 });
        return new Outcome(
            "figure-1", beyondNoise == results.Count ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            $"On the features that were given ({Names(results)}): the gap of {beyondNoise} of {results.Count} is above 0 with its interval.",
            [.. results.Select(result => Gap(result))]);
    }

    private static Outcome Separate(List<(FeatureSet Set, PairResult Pair)> results)
    {
        (FeatureSet Set, PairResult Pair)[] trained = [.. results.Where(result => !result.Set.IsRandom)];
        if (trained.Length == 0)
            return Lacking("abstract-arms-length", "features of trained models");
        double least = trained.Min(result => Value(result.Pair, "separability-accuracy") ?? 0);
        return new Outcome(
            "abstract-arms-length", least > 0.95 ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            $"On {Names(trained)}: a linear cut tells the modalities apart on rows it has not seen.",
            [.. trained.SelectMany(result =>
                new[] { Gap(result), new OwnNumber($"separability, {result.Set.Name}", result.Pair.Measures["separability-accuracy"].Estimate!) })]);
    }

    private static Outcome AtInitialisation(List<(FeatureSet Set, PairResult Pair)> results)
    {
        (FeatureSet Set, PairResult Pair)[] random = [.. results.Where(result => result.Set.IsRandom)];
        if (random.Length == 0)
            return Lacking("abstract-at-initialisation", "features of models with random weights, in files whose names say random");
        return new Outcome(
            "abstract-at-initialisation", random.All(result => result.Pair.Measures["gap"].Estimate is { Low: > 0.2 }) ? ClaimStatus.Reproduced
                : ClaimStatus.Differs,
            $"On {Names(random)}: two encoders with random weights have a cone each (mean cosines below), and the cones are apart.",
            [
                .. random.SelectMany(result => new[]
                {
                    Gap(result),
                    new OwnNumber($"mean cosine, {result.Pair.First}, {result.Set.Name}", result.Pair.Measures[$"cosine-mean/{result.Pair.First}"].Estimate!),
                    new OwnNumber($"mean cosine, {result.Pair.Second}, {result.Set.Name}", result.Pair.Measures[$"cosine-mean/{result.Pair.Second}"].Estimate!),
                }),
            ]);
    }

    private static Outcome RandomRecall(List<(FeatureSet Set, PairResult Pair)> results)
    {
        (FeatureSet Set, PairResult Pair) clip = results.FirstOrDefault(result => result.Set is { IsRandom: true } && IsClip(result.Set));
        if (clip.Pair is null)
            return Lacking("figure-1-random-accuracy", "the random CLIP features");
        Estimate recall = clip.Pair.Measures[$"recall-at-1/{clip.Pair.First}-to-{clip.Pair.Second}"].Estimate!;
        return new Outcome(
            "figure-1-random-accuracy", Math.Abs(recall.Value - 0.002) < 1e-9 ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            "One image in 500 finds its text: what chance gives.", new OwnNumber("image to text, top 1", recall));
    }

    private static Outcome Effective(List<(FeatureSet Set, PairResult Pair)> results)
    {
        (FeatureSet Set, PairResult Pair) clip = results.FirstOrDefault(result => result.Set is { IsRandom: true } && IsClip(result.Set));
        if (clip.Pair is null)
            return Lacking("c3-effective-dimensions", "the random CLIP features");
        Estimate first = clip.Pair.Measures[$"spectrum-dimensions-99/{clip.Pair.First}"].Estimate!,
            second = clip.Pair.Measures[$"spectrum-dimensions-99/{clip.Pair.Second}"].Estimate!;
        return new Outcome(
            "c3-effective-dimensions", first.Value == 25 && second.Value == 230 ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            "The fewest principal directions with 99 % of a modality's variance.", new OwnNumber("image", first), new OwnNumber("text", second));
    }

    private static bool IsClip(FeatureSet set) => set.Name.Contains("_clip", StringComparison.OrdinalIgnoreCase)
        && !set.Name.Contains("video", StringComparison.OrdinalIgnoreCase);

    private static Outcome Lacking(string claim, string what) => new(claim, ClaimStatus.Needs, $"Needs {what} among the --features.");

    private static OwnNumber Gap((FeatureSet Set, PairResult Pair) result) => new($"gap, {result.Set.Name}", result.Pair.Measures["gap"].Estimate!);

    private static string Names(IEnumerable<(FeatureSet Set, PairResult Pair)> results) => string.Join(", ", results.Select(result => result.Set.Name));

    private static double? Value(PairResult pair, string key) => pair.Measures.TryGetValue(key, out Measurement? measured) ? measured.Estimate?.Value : null;

    private static ResultTable Table(List<(FeatureSet Set, PairResult Pair)> results) => new(
        "gaps", "Gaps of the features",
            ["features", "pairs", "gap", "low", "high", "separability", "mean cosine, first", "mean cosine, second", "R@1, first to second",
                "R@1, second to first"],
        [
            .. results.Select(result => (IReadOnlyList<string>)[
                result.Set.Name,
                Cells.Of(result.Pair.Items),
                .. new[]
                {
                    Value(result.Pair, "gap"), result.Pair.Measures["gap"].Estimate?.Low, result.Pair.Measures["gap"].Estimate?.High,
                        Value(result.Pair, "separability-accuracy"),
                    Value(result.Pair, $"cosine-mean/{result.Pair.First}"), Value(result.Pair, $"cosine-mean/{result.Pair.Second}"),
                    Value(result.Pair, $"recall-at-1/{result.Pair.First}-to-{result.Pair.Second}"),
                        Value(result.Pair, $"recall-at-1/{result.Pair.Second}-to-{result.Pair.First}"),
                }.Select(value => value is { } number ? Cells.Of(number) : ""),
            ]),
        ]);

    private static Chart Figure(FeatureSet set, PairResult pair)
    {
        double gap = Value(pair, "gap") ?? 0;
        return new Chart
        {
            Name = set.Name.Replace('_', '-').ToLowerInvariant(),
            Title = $"{set.Name}: {pair.First} and {pair.Second} lie {InWords.Number(Math.Round(gap, 3))} apart",
            Caption = $"{Math.Min(Drawn, pair.Items)} of {pair.Items} pairs, joined by lines. Left: the first two singular directions, uncentred, as in "
                + "supplementary Figure 4. Right: UMAP, as in Figure 1.",
            Panels = [.. pair.Map.AllLayouts().Select(layout => Panel(layout, pair))],
        };
    }

    private static ChartPanel Panel(MapLayout layout, PairResult pair)
    {
        int count = layout.First.Count, drawn = Math.Min(Drawn, count);
        int[] shown = [.. Enumerable.Range(0, drawn).Select(k => k * count / drawn)];
        MapPoint[] first = [.. shown.Select(k => layout.First[k])], second = [.. shown.Select(k => layout.Second[k])];
        MapPoint[] joined = [.. first.Zip(second).SelectMany(both => new[] { both.First, both.Second })];
        return new ChartPanel
        {
            Heading = layout.Id == "svd" ? "singular directions" : "UMAP",
            Across = layout.Id == "svd" ? "both axes have one scale" : "lengths mean nothing",
            Plane = true,
            Series =
            [
                Cloud("pairs", SeriesKind.Segments, joined),
                Cloud(pair.First, SeriesKind.Cloud, first),
                Cloud(pair.Second, SeriesKind.Cloud, second),
            ],
        };
    }

    private static ChartSeries Cloud(string name, SeriesKind kind, MapPoint[] points) =>
        ChartSeries.Of(name, kind, points.Select(point => point.X), points.Select(point => point.Y), digits: 3);
}
