using ModalityGap.Embeddings;
using ModalityGap.Lab.Models.Published;
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

    private static readonly string[] Kinds = ["shapes", "noise"];

    public string Id => "figure-2c";

    public string Title => "Figure 2(c): another seed, another cone";

    private sealed record Sizes(int Inputs, int Seeds)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full ? new(60, 25) : new(8, 3);
    }

    private sealed record Cloud(PublishedTower Tower, string Inputs, UnitEmbeddings[] Seeds)
    {
        public string Name => $"{Tower.Name}, {Inputs}";
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("architectures", string.Join(", ", PublishedTower.All.Select(tower => tower.Name))),
            new("inputs", $"{sizes.Inputs} generated pictures of coloured shapes and their captions, and as much noise; the same for every set of weights"),
            new("sets of weights", Cells.Of(sizes.Seeds)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 30 : 1;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        var shapes = new PublishedTower.ShapeInputs(sizes.Inputs, context.Random.Fork("shapes"), context.Work.Cancellation);
        List<Cloud> clouds = [];
        for (int t = 0; t < PublishedTower.All.Count; t++)
        {
            PublishedTower tower = PublishedTower.All[t];
            double before = t;
            double[][][] seeds =
            [
                .. Enumerable.Range(0, sizes.Seeds).Select(seed => context.Part(
                    $"{tower.Id}-weights-{seed + 1}", (before + (double)seed / sizes.Seeds) / PublishedTower.All.Count, () => Outputs(tower, seed, sizes, shapes, context))),
            ];
            for (int kind = 0; kind < Kinds.Length; kind++)
            {
                int first = kind * sizes.Inputs;
                clouds.Add(new Cloud(tower, Kinds[kind], Array.ConvertAll(seeds, rows => Rows(tower, rows[first..(first + sizes.Inputs)]))));
            }
        }
        return new Findings
        {
            Outcomes = [Separate(clouds), FartherApart(clouds), OnNoise(clouds), Distributions(clouds), ByPca(clouds)],
            Tables = [Table(clouds)],
            Charts = [.. PublishedTower.All.Select(tower => Map(clouds, tower, context)), Histogram(clouds)],
            Notes =
            [
                "The paper shows maps; what they show is counted here: the share of all variance that lies between sets of weights.",
                "Real inputs are generated pictures and their captions, whose words are numbered by their first use, in place of MSCOCO's items.",
            ],
        };
    }

    // The rows for shapes, then those for noise.
    private static double[][] Outputs(PublishedTower tower, int seed, Sizes sizes, PublishedTower.ShapeInputs shapes, ExperimentContext context)
    {
        using PublishedEncoder encoder = tower.Create(context.Random.Fork("weights", seed).Fork(tower.Id));
        EmbeddingSet[] kinds =
        [
            tower.OfShapes(encoder, shapes, context.Work.Cancellation),
            tower.OfNoise(encoder, context.Random.Fork("noise").Fork(tower.Id), sizes.Inputs, context.Work.Cancellation),
        ];
        return
        [
            .. kinds.SelectMany(rows => Enumerable.Range(0, rows.Rows).Select(i => Array.ConvertAll(rows.Row(i).ToArray(), value => Math.Round((double)value, 6)))),
        ];
    }

    private static UnitEmbeddings Rows(PublishedTower tower, double[][] rows) => UnitEmbeddings.Normalize(
        new EmbeddingSet(new Modality(tower.Id), [.. rows.SelectMany(row => row.Select(value => (float)value))], rows[0].Length));

    private static Outcome Separate(List<Cloud> clouds) => Shares(
        "figure-2c", clouds, "shapes", ClaimStatus.DirectionOnly, "On generated pictures and captions in place of MSCOCO's. Each row is nearest to its own set of weights in");

    private static Outcome OnNoise(List<Cloud> clouds) => Shares(
        "supplementary-figure-5", clouds, "noise", ClaimStatus.Reproduced, "Each row is nearest to its own set of weights in");

    private static Outcome Shares(string claim, List<Cloud> clouds, string inputs, ClaimStatus holds, string remark)
    {
        Cloud[] those = [.. clouds.Where(cloud => cloud.Inputs == inputs)];
        double own = those.Min(NearestOwn);
        return new Outcome(
            claim, own > 0.95 ? holds : ClaimStatus.Differs,
            $"{remark} at least {100 * own:0.#} % of cases, whatever the network.",
            [.. those.Select(cloud => new OwnNumber($"share of the variance between sets of weights, {cloud.Name}", BetweenShare(cloud)))]);
    }

    private static Outcome FartherApart(List<Cloud> clouds)
    {
        OwnNumber[] numbers =
        [
            .. clouds.SelectMany(cloud => new[]
            {
                new OwnNumber($"gap between sets of weights on the same inputs, {cloud.Name}", BetweenGap(cloud)),
                new OwnNumber($"gap between halves of the inputs, {cloud.Name}", WithinGap(cloud)),
            }),
        ];
        bool holds = clouds.All(cloud => BetweenGap(cloud).Value > WithinGap(cloud).Value);
        return new Outcome(
            "section-2.3-seeds", holds ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            holds ? "Of every network and kind of input: another set of weights moves the mean farther than other inputs do." : "Not of every network.",
            numbers);
    }

    private static Outcome Distributions(List<Cloud> clouds) => new(
        "supplementary-figure-6", ClaimStatus.DirectionOnly, "On generated inputs and on noise; the figure has the distributions.",
        [.. clouds.Select(cloud => new OwnNumber($"mean cosine within a cone, {cloud.Name}", StudentInterval.Mean([.. cloud.Seeds.Select(Mean)], "sets of weights")))]);

    private static Outcome ByPca(List<Cloud> clouds)
    {
        OwnNumber[] shares =
        [
            .. clouds.Select(cloud => new OwnNumber(
                $"share of rows nearest to their own weights, {cloud.Name}",
                Estimate.Exact(NearestOwn(cloud, Principal(cloud)), "a count on these rows", cloud.Seeds.Length * cloud.Seeds[0].Rows))),
        ];
        double own = shares.Min(share => share.Estimate.Value);
        return new Outcome(
            "supplementary-figure-7", own > 0.8 ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"In the plane of two principal directions a row's nearest neighbour is of its own set of weights in at least {100 * own:0.#} % of cases; "
                + "two of many directions cannot keep all cones apart.",
            shares);
    }

    // Σ_s n ‖mean_s - mean‖² over Σ ‖x - mean‖², the sets of weights left out in turn for the interval.
    private static Estimate BetweenShare(Cloud cloud)
    {
        double[] without = [.. Enumerable.Range(0, cloud.Seeds.Length).Select(left => Share([.. cloud.Seeds.Where((_, seed) => seed != left)]))];
        return Jackknife.FromLeaveOneOut(Share(cloud.Seeds), without).Within(0, 1);
    }

    private static double Share(UnitEmbeddings[] seeds)
    {
        double[][] means = Array.ConvertAll(seeds, seed => MeanRow(seed, 0, seed.Rows));
        double[] mean = [.. Enumerable.Range(0, means[0].Length).Select(k => means.Average(row => row[k]))];
        double between = means.Average(row => Squared(row, mean)), within = seeds.Zip(means).Average(one => 1 - one.Second.Sum(value => value * value));
        return between / (between + within);
    }

    private static Estimate BetweenGap(Cloud cloud)
    {
        double[][] means = Array.ConvertAll(cloud.Seeds, seed => MeanRow(seed, 0, seed.Rows));
        return StudentInterval.Mean(
            [.. Enumerable.Range(0, means.Length).Select(s => Enumerable.Range(0, means.Length).Where(t => t != s).Average(t => Math.Sqrt(Squared(means[s], means[t]))))],
            "sets of weights");
    }

    private static Estimate WithinGap(Cloud cloud) => StudentInterval.Mean(
        [.. cloud.Seeds.Select(seed => Math.Sqrt(Squared(MeanRow(seed, 0, seed.Rows / 2), MeanRow(seed, seed.Rows / 2, seed.Rows))))], "sets of weights");

    private static double NearestOwn(Cloud cloud) => NearestOwn(cloud, (a, b) => -Cosine(Row(cloud, a), Row(cloud, b)));

    // How often a row's nearest other row was made with the same weights.
    private static double NearestOwn(Cloud cloud, Func<int, int, double> distance)
    {
        int each = cloud.Seeds[0].Rows, all = each * cloud.Seeds.Length, own = 0;
        for (int i = 0; i < all; i++)
        {
            int nearest = -1;
            double least = double.PositiveInfinity;
            for (int j = 0; j < all; j++)
                if (j != i && distance(i, j) is var d && d < least)
                    (nearest, least) = (j, d);
            own += nearest / each == i / each ? 1 : 0;
        }
        return own / (double)all;
    }

    private static Func<int, int, double> Principal(Cloud cloud)
    {
        MapPoint[] points = Pca(cloud);
        return (a, b) => (points[a] - points[b]).Length;
    }

    private static MapPoint[] Pca(Cloud cloud)
    {
        int d = cloud.Seeds[0].Dimensions, all = cloud.Seeds[0].Rows * cloud.Seeds.Length;
        double[][] rows = [.. Enumerable.Range(0, all).Select(i => Array.ConvertAll(Row(cloud, i).ToArray(), value => (double)value))];
        double[] mean = [.. Enumerable.Range(0, d).Select(k => rows.Average(row => row[k]))];
        var moment = new double[d * d];
        foreach (double[] row in rows)
            for (int k = 0; k < d; k++)
                for (int l = 0; l < d; l++)
                    moment[k * d + l] += (row[k] - mean[k]) * (row[l] - mean[l]);
        PlaneOfRows plane = PlaneOfRows.Of(moment, d, new Numerics.WorkContext(0));
        return [.. rows.Select(plane.Of)];
    }

    private static Chart Map(List<Cloud> clouds, PublishedTower tower, ExperimentContext context)
    {
        Cloud[] those = [.. clouds.Where(cloud => cloud.Tower == tower)];
        return new Chart
        {
            Name = $"cones-{tower.Id}",
            Title = $"{tower.Name}: every set of weights makes a cone of its own of the same inputs",
            Caption = "UMAP, where who is near whom counts and lengths do not, and the first two principal directions. A colour and shape stand for several sets of weights.",
            Panels =
            [
                .. those.Select(cloud => Panel($"UMAP, {cloud.Inputs}", cloud, [.. Umap.Compute(
                    cloud.Seeds, new UmapOptions(), context.Random.Fork("umap"), context.Work.Threads, context.Work.Cancellation).SelectMany(points => points)])),
                .. those.Select(cloud => Panel($"PCA, {cloud.Inputs}", cloud, Pca(cloud))),
            ],
        };
    }

    private static ChartPanel Panel(string heading, Cloud cloud, MapPoint[] points)
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

    private static Chart Histogram(List<Cloud> clouds) => new()
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
                    cloud.Tower.Name, SeriesKind.Line, Enumerable.Range(0, Bins).Select(bin => -1 + (bin + 0.5) * 2 / Bins), Counted(cloud)))],
            }),
        ],
    };

    private static double[] Counted(Cloud cloud)
    {
        var bins = new double[Bins];
        double pairs = 0;
        foreach (UnitEmbeddings seed in cloud.Seeds)
            for (int i = 0; i < seed.Rows; i++)
                for (int j = 0; j < i; j++)
                {
                    bins[Math.Clamp((int)((Cosine(seed.Row(i), seed.Row(j)) + 1) / 2 * Bins), 0, Bins - 1)]++;
                    pairs++;
                }
        return Array.ConvertAll(bins, count => count / pairs);
    }

    private static ResultTable Table(List<Cloud> clouds) => new(
        "cones", "Cones of different sets of weights", ["network", "inputs", "variance between weights", "gap between weights", "gap between inputs", "mean cosine within", "nearest row of the same weights"],
        [
            .. clouds.Select(cloud => (IReadOnlyList<string>)[
                cloud.Tower.Name, cloud.Inputs, .. Cells.Row(
                    Share(cloud.Seeds), BetweenGap(cloud).Value, WithinGap(cloud).Value, cloud.Seeds.Average(Mean), NearestOwn(cloud))]),
        ]);

    private static ReadOnlySpan<float> Row(Cloud cloud, int index) => cloud.Seeds[index / cloud.Seeds[0].Rows].Row(index % cloud.Seeds[0].Rows);

    // Mean of x_i·x_j over different rows, from the length of their sum.
    private static double Mean(UnitEmbeddings rows)
    {
        double squared = MeanRow(rows, 0, rows.Rows).Sum(value => value * value), n = rows.Rows;
        return (n * squared - 1) / (n - 1);
    }

    private static double[] MeanRow(UnitEmbeddings rows, int first, int end)
    {
        var mean = new double[rows.Dimensions];
        for (int i = first; i < end; i++)
            for (int k = 0; k < mean.Length; k++)
                mean[k] += rows.Row(i)[k] / (double)(end - first);
        return mean;
    }

    private static double Squared(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Numerics.Dot.Float64(a, b);
}
