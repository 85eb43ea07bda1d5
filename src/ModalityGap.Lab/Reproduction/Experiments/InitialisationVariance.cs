using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Numerics;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Theorem 2 (4 in the appendix): of a unit's variance over random initialisations and inputs, the share that is due to the initialisation is at least β, where
/// tr Var[h of the layer before | weights] = 1 - β.
/// </summary>
internal sealed class InitialisationVariance : IExperiment
{
    /// <summary>Initialisations that are kept together as one part.</summary>
    private const int Together = 20;

    public string Id => "theorem-2";

    public string Title => "Theorem 2: most of a unit's variance comes from the initialisation";

    private sealed record Sizes(int Width, int Inputs, int Seeds, int Layers)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full ? new(128, 256, 400, 8) : new(32, 64, 200, 4);
    }

    /// <summary>One layer's sums over initialisations.</summary>
    private sealed record Layer(int Index, Estimate Share, Estimate Beta, double MeanCosine, int Below, int Units, int NeverLive, double DeadShare,
        Estimate[] UnitShares)
    {
        /// <summary>Units whose whole interval lies below β.</summary>
        public int SurelyBelow => UnitShares.Count(share => share.High < Beta.Low);
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("width", Cells.Of(sizes.Width)),
            new("inputs", $"{sizes.Inputs} uniform on the unit sphere"),
            new("initialisations", Cells.Of(sizes.Seeds)),
            new("layers", Cells.Of(sizes.Layers)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 0.5 : 0.1;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        List<double[]> perSeed = [];
        for (int first = 0; first < sizes.Seeds; first += Together)
        {
            int start = first, count = Math.Min(Together, sizes.Seeds - first);
            perSeed.AddRange(context.Part($"seeds-{start + 1}", (double)start / sizes.Seeds, () => Draw(start, count, sizes, context)));
        }
        Layer[] layers = [.. Enumerable.Range(1, sizes.Layers).Select(layer => Analyse(layer, perSeed, sizes))];
        return new Findings
        {
            Outcomes = [Theorem(layers, sizes), Link(layers)],
            Tables = [Table(layers), Units(layers)],
            Charts = [Figure(layers, sizes)],
            Notes =
            [
                "The mean of a unit over finitely many inputs varies a little with the inputs: that part, a unit's variance over the number of inputs, "
                    + "is subtracted from the variance due to the initialisation.",
                "A unit that is dead for one initialisation (0 for every input) still has a value there, and counts; one that is dead for all has no variance.",
                "In the first layer β is 0, for the inputs have mean zero: the theorem says nothing there, and the share is that of the shared bias "
                    + "and of the ReLU.",
            ],
        };
    }

    // Of each initialisation: for each layer the unit's means and variances over inputs, then the trace of the layer before and its mean cosine.
    private static double[][] Draw(int first, int count, Sizes sizes, ExperimentContext context)
    {
        var drawn = new double[count][];
        var alone = new WorkContext(1, null, context.Work.Cancellation);
        context.Work.ForEach(count, k =>
        {
            float[] rows = Inputs(context.Random.Fork("inputs", first + k), sizes);
            List<double> numbers = [];
            RandomNetwork.AsInThePaper(sizes.Width, Activation.ReLU, bias: true).Run(
                rows, sizes.Layers, context.Random.Fork("initialisation", first + k), alone, layer =>
                    numbers.AddRange(Moments(rows, sizes.Width, withUnits: layer > 0)));
            drawn[k] = [.. numbers];
        });
        return drawn;
    }

    private static float[] Inputs(RandomStream random, Sizes sizes)
    {
        var rows = new float[sizes.Inputs * sizes.Width];
        var normal = new NormalDraws(random);
        for (int i = 0; i < sizes.Inputs; i++)
        {
            Span<float> row = rows.AsSpan(i * sizes.Width, sizes.Width);
            normal.Fill(row, 1);
            double norm = 0;
            foreach (float value in row)
                norm += (double)value * value;
            float scale = (float)(1 / Math.Sqrt(norm));
            for (int k = 0; k < row.Length; k++)
                row[k] *= scale;
        }
        return rows;
    }

    private static IEnumerable<double> Moments(float[] rows, int width, bool withUnits)
    {
        int n = rows.Length / width;
        double[] mean = new double[width], variance = new double[width];
        for (int i = 0; i < rows.Length; i++)
            mean[i % width] += rows[i];
        for (int k = 0; k < width; k++)
            mean[k] /= n;
        for (int i = 0; i < rows.Length; i++)
            variance[i % width] += Math.Pow(rows[i] - mean[i % width], 2) / (n - 1);
        double cosine = (RandomNetwork.MeanCosine(rows, width) * n - 1) / (n - 1);
        return withUnits ? [.. mean, .. variance, variance.Sum(), cosine] : [variance.Sum(), cosine];
    }

    private static Layer Analyse(int layer, List<double[]> perSeed, Sizes sizes)
    {
        // Before layer l stand the two numbers of the inputs and l - 1 blocks of means, variances, trace and cosine.
        int width = sizes.Width, block = 2 * width + 2, start = 2 + (layer - 1) * block, before = start - 2;
        int dead = 0, neverLive = 0;
        List<Estimate> shares = [];
        for (int k = 0; k < width; k++)
        {
            int here = perSeed.Count(one => one[start + k] == 0);
            dead += here;
            if (here == perSeed.Count)
                neverLive++;
            else
                shares.Add(ShareOf(k, 1, perSeed, start, width, sizes.Inputs));
        }
        double[] betas = [.. perSeed.Select(one => 1 - one[before])];
        Estimate beta = StudentInterval.Mean(betas, "initialisations");
        return new Layer(
            layer, ShareOf(0, width, perSeed, start, width, sizes.Inputs), beta, perSeed.Average(one => one[before + 1]),
            shares.Count(share => share.Value < beta.Value), shares.Count, neverLive, (double)dead / (width * perSeed.Count), [.. shares]);
    }

    // The share of some units together, with the spread of what each initialisation contributes.
    private static Estimate ShareOf(int from, int count, List<double[]> perSeed, int start, int width, int inputs)
    {
        int n = perSeed.Count;
        double[] init = new double[n], total = new double[n];
        for (int k = from; k < from + count; k++)
        {
            double mean = perSeed.Average(one => one[start + k]);
            for (int s = 0; s < n; s++)
            {
                double data = perSeed[s][start + width + k], own = Math.Pow(perSeed[s][start + k] - mean, 2) * n / (n - 1) - data / inputs;
                init[s] += own;
                total[s] += own + data;
            }
        }
        double share = init.Sum() / total.Sum(), scale = total.Average();
        return Jackknife.FromInfluences(share, [.. init.Zip(total, (a, b) => (a - share * b) / scale)], "influence of each initialisation");
    }

    private static Outcome Theorem(Layer[] layers, Sizes sizes)
    {
        Layer tightest = layers.MinBy(layer => layer.Share.Value - layer.Beta.Value)!;
        bool holds = layers.All(layer => layer.Share.High >= layer.Beta.Low);
        int below = layers.Sum(layer => layer.Below), surely = layers.Sum(layer => layer.SurelyBelow), units = layers.Sum(layer => layer.Units);
        return new Outcome(
            "theorem-2",
            holds && surely == 0 ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            $"Of {units} live units over {layers.Length} layers {below} have an estimated share below β, {surely} of them with the whole interval "
                + $"({sizes.Seeds} initialisations). The least distance of a layer "
            + $"is at layer {tightest.Index}. {layers.Sum(layer => layer.NeverLive)} units were dead throughout; of single initialisations "
            + $"{100 * layers.Max(layer => layer.DeadShare):0.#} % of the units are dead in the worst layer.",
            [.. layers.SelectMany(layer =>
                new[] { new OwnNumber($"share due to initialisation, layer {layer.Index}", layer.Share),
                    new OwnNumber($"β, layer {layer.Index}", layer.Beta) })]);
    }

    private static Outcome Link(Layer[] layers)
    {
        double largest = layers.Max(layer => Math.Abs(layer.Beta.Value - layer.MeanCosine));
        return new Outcome(
            "theorem-2-link",
            largest < 0.05 ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            "β of a layer beside the mean cosine of the layer before: they differ by how far the squared norms are from 1.",
            new OwnNumber("largest distance between β and the mean cosine", Estimate.Exact(largest, "over layers", layers.Length)));
    }

    private static ResultTable Table(Layer[] layers) => new(
        "by-layer", "Share of the variance due to the initialisation",
        ["layer", "share", "low", "high", "beta", "mean cosine of the layer before", "smallest unit", "units below beta", "units",
            "dead (unit, initialisation)"],
        [
            .. layers.Select(layer => (IReadOnlyList<string>)Cells.Row(
                layer.Index, layer.Share.Value, layer.Share.Low!.Value, layer.Share.High!.Value, layer.Beta.Value, layer.MeanCosine, layer.UnitShares
                    .Min(share => share.Value), layer.Below, layer.Units, layer.DeadShare)),
        ]);

    private static ResultTable Units(Layer[] layers) => new(
        "units", "Every unit's share", ["layer", "unit", "share", "low", "high"],
        [.. layers.SelectMany(layer =>
            layer.UnitShares.Select((share, k) =>
                (IReadOnlyList<string>)[Cells.Of(layer.Index), Cells.Of(k + 1), InWords.Number(share.Value), InWords.Number(share.Low!.Value),
                    InWords.Number(share.High!.Value)]))]);

    private static Chart Figure(Layer[] layers, Sizes sizes)
    {
        double[] index = [.. layers.Select(layer => (double)layer.Index)];
        return new Chart
        {
            Name = "share-by-depth",
            Title = "The share of the variance that the initialisation explains grows with depth, always above β",
            Caption = $"ReLU networks of width {sizes.Width}, {sizes.Seeds} initialisations, {sizes.Inputs} inputs on the unit sphere each. Bars: the "
                + "smallest and largest unit.",
            Panels =
            [
                new ChartPanel
                {
                    Heading = "share of variance",
                    Across = "layer",
                    Series =
                    [
                        ChartSeries.Of("due to the initialisation", SeriesKind.Marks, index, layers.Select(layer => layer.Share.Value), layers
                            .Select(layer => layer.UnitShares.Min(share => share.Value)), layers.Select(layer => layer.UnitShares.Max(share => share.Value))),
                        ChartSeries.Of("β, the bound", SeriesKind.Line, index, layers.Select(layer => layer.Beta.Value)),
                        ChartSeries.Of("mean cosine of the layer before", SeriesKind.Dashed, index, layers.Select(layer => layer.MeanCosine)),
                    ],
                },
            ],
        };
    }
}
