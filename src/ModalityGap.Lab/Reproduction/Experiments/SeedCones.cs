using ModalityGap.Embeddings;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Projections;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Figure 2(c), supplementary Figures 5 to 7 and section 2.3: every set of random weights makes a cone of its own of the same inputs, and two sets lie farther apart
/// on identical inputs than one set does on different inputs.
/// </summary>
internal sealed class SeedCones : IExperiment
{
    private const int Bins = 80;

    private const string Real = "items", Noise = "noise";

    private static readonly string[] Kinds = [Real, Noise];

    public string Id => "figure-2c";

    public string Title => "Figure 2(c): another seed, another cone";

    public Material Uses => Material.Data;

    private sealed record Sizes(int Inputs, int Seeds)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full ? new(60, 25) : new(8, 3);
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("architectures", string.Join(", ", PublishedTower.All.Select(tower => tower.Name))),
            new("inputs", $"{sizes.Inputs} items, their pictures and texts, and as much noise; the same for every set of weights"),
            new("sets of weights", Cells.Of(sizes.Seeds)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 15 : 1;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        var items = ItemInputs.Open(context.Given.Data!, sizes.Inputs, context.Random.Fork("items"), context.Work.Cancellation);
        List<SeedCloud> clouds = [];
        for (int t = 0; t < PublishedTower.All.Count; t++)
        {
            PublishedTower tower = PublishedTower.All[t];
            double before = t;
            double[][][] seeds =
            [
                .. Enumerable.Range(0, sizes.Seeds).Select(seed => context.Part(
                    $"{tower.Id}-weights-{seed + 1}", (before + (double)seed / sizes.Seeds) / PublishedTower.All.Count, () => Outputs(tower, seed, sizes, items, context))),
            ];
            for (int kind = 0; kind < Kinds.Length; kind++)
            {
                int first = kind * sizes.Inputs;
                clouds.Add(new SeedCloud(tower.Name, Kinds[kind], Array.ConvertAll(seeds, rows => Rows(tower, rows[first..(first + sizes.Inputs)])), context.Work));
            }
        }
        return new Findings
        {
            Outcomes = [Separate(clouds, items), FartherApart(clouds), OnNoise(clouds), Distributions(clouds), ByPca(clouds)],
            Tables = [Table(clouds)],
            Charts = [.. PublishedTower.All.Select(tower => Map(clouds, tower, context)), Histogram(clouds)],
            Notes =
            [
                "The paper shows maps; what they show is counted here: the share of all variance that lies between sets of weights.",
                $"Real inputs are items of the set {items.Name}, a picture of each and its first text, whose words are numbered by their first use.",
            ],
        };
    }

    // The rows for items, then those for noise.
    private static double[][] Outputs(PublishedTower tower, int seed, Sizes sizes, ItemInputs items, ExperimentContext context)
    {
        using PublishedEncoder encoder = tower.Create(context.Random.Fork("weights", seed).Fork(tower.Id));
        EmbeddingSet[] kinds =
        [
            tower.OfItems(encoder, items, context.Work.Cancellation),
            tower.OfNoise(encoder, context.Random.Fork("noise").Fork(tower.Id), sizes.Inputs, context.Work.Cancellation),
        ];
        return
        [
            .. kinds.SelectMany(rows => Enumerable.Range(0, rows.Rows).Select(i => Array.ConvertAll(rows.Row(i).ToArray(), value => Math.Round((double)value, 6)))),
        ];
    }

    private static UnitEmbeddings Rows(PublishedTower tower, double[][] rows) => UnitEmbeddings.Normalize(
        new EmbeddingSet(new Modality(tower.Id), [.. rows.SelectMany(row => row.Select(value => (float)value))], rows[0].Length));

    private static Outcome Separate(List<SeedCloud> clouds, ItemInputs items) => Shares(
        "figure-2c", clouds, Real, items.AreMsCoco ? ClaimStatus.Reproduced : ClaimStatus.DirectionOnly, $"On the set {items.Name}. Each row is nearest to its own set of weights in");

    private static Outcome OnNoise(List<SeedCloud> clouds) => Shares(
        "supplementary-figure-5", clouds, Noise, ClaimStatus.Reproduced, "Each row is nearest to its own set of weights in");

    private static Outcome Shares(string claim, List<SeedCloud> clouds, string inputs, ClaimStatus holds, string remark)
    {
        SeedCloud[] those = [.. clouds.Where(cloud => cloud.Inputs == inputs)];
        double own = those.Min(cloud => cloud.NearestOwn);
        return new Outcome(
            claim, own > 0.95 ? holds : ClaimStatus.Differs,
            $"{remark} {(own == 1 ? "all cases" : $"at least {100 * own:0.#} % of cases")}, whatever the network.",
            [.. those.Select(cloud => new OwnNumber($"share of the variance between sets of weights, {cloud.Name}", cloud.BetweenShare))]);
    }

    private static Outcome FartherApart(List<SeedCloud> clouds)
    {
        OwnNumber[] numbers =
        [
            .. clouds.SelectMany(cloud => new[]
            {
                new OwnNumber($"gap between sets of weights on the same inputs, {cloud.Name}", cloud.BetweenGap),
                new OwnNumber($"gap between halves of the inputs, {cloud.Name}", cloud.WithinGap),
            }),
        ];
        bool holds = clouds.All(cloud => cloud.BetweenGap.Value > cloud.WithinGap.Value);
        return new Outcome(
            "section-2.3-seeds", holds ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            holds ? "Of every network and kind of input: another set of weights moves the mean farther than other inputs do." : "Not of every network.",
            numbers);
    }

    private static Outcome Distributions(List<SeedCloud> clouds) => new(
        "supplementary-figure-6", ClaimStatus.DirectionOnly, "On these items and on noise; the figure has the distributions.",
        [.. clouds.Select(cloud => new OwnNumber($"mean cosine within a cone, {cloud.Name}", StudentInterval.Mean(cloud.MeanCosines, "sets of weights")))]);

    private static Outcome ByPca(List<SeedCloud> clouds)
    {
        OwnNumber[] shares =
        [
            .. clouds.Select(cloud => new OwnNumber(
                $"share of rows nearest to their own weights, {cloud.Name}",
                Estimate.Exact(cloud.NearestOwnInPlane, "a count on these rows", cloud.Seeds.Length * cloud.Seeds[0].Rows))),
        ];
        double own = shares.Min(share => share.Estimate.Value);
        return new Outcome(
            "supplementary-figure-7", own > 0.8 ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"In the plane of two principal directions a row's nearest neighbour is of its own set of weights in at least {100 * own:0.#} % of cases; "
                + "two of many directions cannot keep all cones apart.",
            shares);
    }

    private static Chart Map(List<SeedCloud> clouds, PublishedTower tower, ExperimentContext context)
    {
        SeedCloud[] those = [.. clouds.Where(cloud => cloud.Network == tower.Name)];
        return new Chart
        {
            Name = $"cones-{tower.Id}",
            Title = $"{tower.Name}: every set of weights makes a cone of its own of the same inputs",
            Caption = "UMAP, where who is near whom counts and lengths do not, and the first two principal directions. A colour and shape stand for several sets of weights.",
            Panels =
            [
                .. those.Select(cloud => Panel($"UMAP, {cloud.Inputs}", cloud, [.. Umap.Compute(
                    cloud.Seeds, new UmapOptions(), context.Random.Fork("umap"), context.Work.Threads, context.Work.Cancellation).SelectMany(points => points)])),
                .. those.Select(cloud => Panel($"PCA, {cloud.Inputs}", cloud, cloud.Plane)),
            ],
        };
    }

    private static ChartPanel Panel(string heading, SeedCloud cloud, MapPoint[] points)
    {
        const int looks = 5;
        int each = cloud.Seeds[0].Rows;
        return new ChartPanel
        {
            Heading = heading,
            Across = "",
            Plane = true,
            Series =
            [
                .. Enumerable.Range(0, Math.Min(looks, cloud.Seeds.Length)).Select(look =>
                {
                    MapPoint[] own = [.. points.Where((_, i) => i / each % looks == look)];
                    return ChartSeries.Of($"weights {look + 1}, {look + 1 + looks}, …", SeriesKind.Cloud, own.Select(point => point.X), own.Select(point => point.Y));
                }),
            ],
        };
    }

    private static Chart Histogram(List<SeedCloud> clouds) => new()
    {
        Name = "cosines-within",
        Title = "How cosines spread within one cone",
        Caption = "Share of the pairs of different inputs in each bin, over all sets of weights.",
        Panels =
        [
            .. Kinds.Select(kind => new ChartPanel
            {
                Heading = $"share of the pairs, {kind}",
                Across = "cosine",
                Series = [.. clouds.Where(cloud => cloud.Inputs == kind).Select(cloud => ChartSeries.Of(
                    cloud.Network, SeriesKind.Line, Enumerable.Range(0, Bins).Select(bin => -1 + (bin + 0.5) * 2 / Bins), cloud.Histogram(Bins)))],
            }),
        ],
    };

    private static ResultTable Table(List<SeedCloud> clouds) => new(
        "cones", "Cones of different sets of weights", ["network", "inputs", "variance between weights", "gap between weights", "gap between inputs", "mean cosine within", "nearest row of the same weights"],
        [
            .. clouds.Select(cloud => (IReadOnlyList<string>)[
                cloud.Network, cloud.Inputs, .. Cells.Row(
                    cloud.BetweenShare.Value, cloud.BetweenGap.Value, cloud.WithinGap.Value, cloud.MeanCosines.Average(), cloud.NearestOwn)]),
        ]);
}
