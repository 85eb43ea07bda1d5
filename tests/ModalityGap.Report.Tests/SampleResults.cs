using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Projections;
using ModalityGap.Sources;

namespace ModalityGap.Report.Tests;

/// <summary>Results of real analyses of the built-in sample, whole and damaged.</summary>
internal static class SampleResults
{
    /// <summary>A name that would run if it were ever taken for markup, and one that rearranges a line.</summary>
    public const string Hostile = "</script><img src=x onerror=alert(1)>", Tricky = "\"><svg onload=alert(2)>\u202E&\u0001'";

    private static readonly Lazy<AnalysisResult> LazyTwo = new(() => GapAnalysis.Run(BuiltInSample.Create()));
    private static readonly Lazy<AnalysisResult> LazyThree = new(() => GapAnalysis.Run(Three("image", "caption", "summary")));
    private static readonly Lazy<AnalysisResult> LazyHostile = new(() => GapAnalysis.Run(Three(Hostile, Tricky, "text")));

    private static readonly Lazy<AnalysisResult> LazyCaptioned = new(() => GapAnalysis.Run(Captioned()));

    private static readonly Lazy<AnalysisResult> LazyLive = new(() => GapAnalysis.Run(
        Captioned(), new AnalysisOptions { Maps = [MapKind.Svd, MapKind.Pca, MapKind.Umap], MapFacts = true }));

    private static readonly Lazy<ReportExtras> LazyCorrections = new(() => new ReportExtras
    {
        Corrections =
        [
            new CorrectionEvidence(
                CorrectionSelection.Run(BuiltInSample.Create()).Result,
                [new ReportDownload("gap.json", [.. "{}"u8]), new ReportDownload("gap.safetensors", [0, 1, 2, 255])],
                "modgap correct images.npy texts.npy -o gap.json"),
        ],
    });

    /// <summary>Every correction tried on images and texts, for beside <see cref="Two"/>.</summary>
    public static ReportExtras WithCorrections => LazyCorrections.Value;

    /// <summary>Rows of <see cref="Two"/> that take one of these classes, with groups where asked for.</summary>
    public static ClassificationResult Classified(string[] classes, bool groups)
    {
        IReadOnlyList<EmbeddingSet> sample = BuiltInSample.Create();
        int rows = sample[0].Rows;
        return ZeroShotClassification.Run(new ClassificationTask
        {
            Images = sample[0],
            Labels = new RowWords("labels", [.. Enumerable.Range(0, rows).Select(i => classes[i % (classes.Length + 1) % classes.Length])]),
            Classes = sample[1].Select([.. Enumerable.Range(0, classes.Length)]).WithNames(new RowNames { Labels = classes }),
            Groups = groups ? new RowWords("groups", [.. Enumerable.Range(0, rows).Select(i => i < rows / 2 ? "left" : "<b>hostile right")]) : null,
            ClassSets = groups ? [new ClassSet("pets", [classes[0]]), new ClassSet("others", classes[1..])] : [],
        });
    }

    /// <summary>Images and texts with captions and labels, some of which try to break out of the page.</summary>
    public static AnalysisResult HostileCaptions => LazyCaptioned.Value;

    /// <summary>Images and texts with captions that try to break out, in three layouts and with what is known of each pair.</summary>
    public static AnalysisResult Live => LazyLive.Value;

    /// <summary>Images and texts.</summary>
    public static AnalysisResult Two => LazyTwo.Value;

    /// <summary>Images, first captions, second captions: three modalities.</summary>
    public static AnalysisResult ThreeModalities => LazyThree.Value;

    /// <summary>The same with names that try to break out of the page.</summary>
    public static AnalysisResult HostileNames => LazyHostile.Value;

    /// <summary>A result in which nothing could be measured.</summary>
    public static AnalysisResult Missing => Two with
    {
        MixedSearch = [],
        Findings = [new Finding("shuffled-pairing", FindingSeverity.Warning, "Matched cosines look no better than unmatched ones.")],
        Pairs = [.. Two.Pairs.Select(WithoutNumbers)],
    };

    private static PairResult WithoutNumbers(PairResult pair) => pair with
    {
        Measures = pair.Measures.ToDictionary(one => one.Key, one => Measurement.Without(one.Value.Id, one.Value.Subject, "There is nothing to measure.")),
        Trials = [],
        TopDimensions = [],
        MixedSearch = null,
        Examples = null,
        Thresholds = pair.Thresholds with { Rows = [], Curve = null },
        Blocks = null,
        Spectra = null,
        Groups = null,
        Landscape = pair.Landscape with { Families = [] },
        Map = pair.Map with { First = [], Second = [], Pairs = [] },
        Histograms = pair.Histograms with { Matched = new long[200], Unmatched = new long[200], WithinFirst = new long[200], WithinSecond = new long[200] },
    };

    /// <summary>The same with a map of many pairs, all drawn from the two clouds of the sample.</summary>
    public static AnalysisResult Crowded(int pairs)
    {
        PairResult pair = Live.Pairs[0];
        PairMap map = pair.Map;
        MapFacts facts = map.Facts!;
        var random = new Random(7);
        int[] source = [.. Enumerable.Range(0, pairs).Select(_ => random.Next(map.Pairs.Count))];
        MapPoint[] Spread(IReadOnlyList<MapPoint> points) =>
            [.. source.Select(k => new MapPoint(points[k].X + 0.05 * random.NextDouble(), points[k].Y + 0.05 * random.NextDouble()))];
        return Live with
        {
            Pairs =
            [
                pair with
                {
                    Map = map with
                    {
                        First = Spread(map.First),
                        Second = Spread(map.Second),
                        Pairs = [.. Enumerable.Range(0, pairs)],
                        TotalPairs = pairs,
                        FirstNames = null,
                        SecondNames = null,
                        Layouts = [.. map.Layouts!.Select(layout => layout with { First = Spread(layout.First), Second = Spread(layout.Second) })],
                        Facts = facts with
                        {
                            FirstAlong = [.. source.Select(k => facts.FirstAlong![k])],
                            SecondAlong = [.. source.Select(k => facts.SecondAlong![k])],
                            Cosines = [.. source.Select(k => facts.Cosines[k])],
                            FirstRanks = [.. source.Select(k => facts.FirstRanks[k])],
                            SecondRanks = [.. source.Select(k => facts.SecondRanks[k])],
                            Neighbours = null,
                        },
                    },
                },
            ],
        };
    }

    private static EmbeddingSet[] Captioned() => [.. BuiltInSample.Create().Select(set => new EmbeddingSet(
        set.Modality, [.. Enumerable.Range(0, set.Rows).SelectMany(row => set.Row(row).ToArray())], set.Dimensions, set.Provenance, new RowNames
        {
            Ids = set.Ids,
            Captions = [.. Enumerable.Range(0, set.Rows).Select(row => (row % 4) switch
            {
                0 => Hostile,
                1 => Tricky,
                2 => new string('w', 150) + Hostile,
                _ => $"a plain caption & number {row}",
            })],
            Labels = [.. Enumerable.Range(0, set.Rows).Select(row => row % 2 == 0 ? "<b>Food</b>" : "Smileys & Emotion")],
        }))];

    private static List<EmbeddingSet> Three(params string[] names)
    {
        IReadOnlyList<EmbeddingSet> sample = BuiltInSample.Create();
        int items = sample[0].Rows, captions = sample[1].Rows / items;
        return [Every(sample[0], names[0], 0, 1), Every(sample[1], names[1], 0, captions), Every(sample[1], names[2], 1, captions)];
    }

    private static EmbeddingSet Every(EmbeddingSet set, string name, int first, int step)
    {
        float[] rows = [.. Enumerable.Range(0, set.Rows).Where(i => i % step == first).SelectMany(i => set.Row(i).ToArray())];
        Provenance provenance = set.Provenance with { Source = name + ".npy" };
        return new EmbeddingSet(new Modality(name), rows, set.Dimensions, provenance);
    }
}
