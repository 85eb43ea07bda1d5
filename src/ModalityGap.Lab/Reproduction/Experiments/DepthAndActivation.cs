using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Figure 2(b): the mean cosine between 1,024 random rows in random fully connected networks, by depth and non-linearity; W, b from N(0, 1/512),
/// inputs from N(0, I).
/// </summary>
internal sealed class DepthAndActivation : IExperiment
{
    private const int Layers = 25;

    /// <summary>A number that was read off a figure is good to about this.</summary>
    private const double ReadOff = 0.02;

    /// <summary>Half a unit of the last of six printed digits.</summary>
    private const double Printed = 5e-7;

    public string Id => "figure-2b";

    public string Title => "Figure 2(b): the cone grows with depth and non-linearity";

    private sealed record Sizes(int Width, int Inputs, int Repeats)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full ? new(512, 1024, 10) : new(64, 128, 3);
    }

    /// <summary>A kind of network, and the standard deviation of its bias in units of 1/√d.</summary>
    private sealed record Kind(Activation Activation, double Bias, string Name)
    {
        public static IReadOnlyList<Kind> All { get; } =
        [
            .. Activation.All.Select(activation => new Kind(activation, 1, activation.Name)),
            .. Activation.All.Select(activation => new Kind(activation, 0, activation.Name + " without bias")),
            new(Activation.Linear, Math.Sqrt(1 / 3.0), "linear with PyTorch's default bias"),
            new(Activation.All.First(one => one.Name == "tanh"), Math.Sqrt(1 / 3.0), "tanh with PyTorch's default bias"),
        ];

        public string PartName => Name.Replace(' ', '-').Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("width", Cells.Of(sizes.Width)),
            new("inputs", $"{sizes.Inputs} from N(0, I)"),
            new("layers", Cells.Of(Layers)),
            new("repeats", Cells.Of(sizes.Repeats)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 2 : 0.05;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        var curves = new Dictionary<string, double[][]>();
        for (int k = 0; k < Kind.All.Count; k++)
        {
            Kind kind = Kind.All[k];
            curves[kind.Name] =
            [
                .. Enumerable.Range(0, sizes.Repeats).Select(repeat => context.Part(
                    $"{kind.PartName}-{repeat + 1}", (k + (double)repeat / sizes.Repeats) / Kind.All.Count, () => [Curve(kind, sizes, repeat, context)])[0]),
            ];
        }
        return new Findings
        {
            Outcomes = [.. Outcomes(curves, sizes, context.IsFull)],
            Tables = [ByLayer(curves, sizes)],
            Charts = [Figure(curves, sizes, 1, "with-bias", "with a bias"), Figure(curves, sizes, 0, "without-bias", "without a bias"),
                Approach(curves, sizes)],
            Notes =
            [
                "Maxout of two independent maps has the kernel of the ReLU, for max(u, v) = (u + v)/2 + |u - v|/2; at infinite width both curves are "
                    + "one without a bias.",
                "The printed curves include each row's cosine with itself, so their floor is one over the number of rows; so do ours.",
            ],
        };
    }

    private static double[] Curve(Kind kind, Sizes sizes, int repeat, ExperimentContext context)
    {
        RandomStream random = context.Random.Fork(kind.Name, repeat);
        var rows = new float[sizes.Inputs * sizes.Width];
        new NormalDraws(random.Fork("inputs")).Fill(rows, 1);
        var curve = new double[Layers + 1];
        new RandomNetwork(sizes.Width, kind.Activation, 1 / Math.Sqrt(sizes.Width), kind.Bias / Math.Sqrt(sizes.Width))
            .Run(rows, Layers, random, context.Work, layer => curve[layer] = RandomNetwork.MeanCosine(rows, sizes.Width));
        return curve;
    }

    private static IEnumerable<Outcome> Outcomes(Dictionary<string, double[][]> curves, Sizes sizes, bool full)
    {
        double[] printed = [.. ClaimList.Of("figure-2b").First(claim => claim.Id == "figure-2b-relu").Published.Select(one => one.Value)];
        double[][] relu = curves["ReLU"];
        int inside = Enumerable.Range(1, Layers).Count(layer => Within(printed[layer], StudentInterval.Next([.. relu.Select(curve => curve[layer])])));
        yield return new Outcome(
            "figure-2b-relu",
            Judge(inside == Layers, full),
            $"{inside} of the {Layers} printed values lie where one more repeat of ours would lie 95 times in a hundred (mean and t over "
                + $"{sizes.Repeats} repeats at width {sizes.Width}). "
            + "The printed curve is one draw: its layers are not independent, and it lies on either side of the infinite-width recursion.",
            [.. Enumerable.Range(0, Layers + 1).Select(layer => At(relu, layer, $"layer {layer}"))]);
        yield return ReadOffFigure(curves, full, "figure-2b-sigmoid", "Sigmoids have positive outputs whatever comes in: one layer is enough.",
            ("sigmoid", 1), ("sigmoid", 2));
        double apart = Enumerable.Range(0, Layers + 1).Max(layer => Math.Abs(Mean(relu, layer) - Mean(curves["LeakyReLU"], layer)));
        yield return new Outcome(
            "figure-2b-leaky", Judge(apart < 2 * ReadOff, full),
                "The largest distance between the two mean curves over all layers; a slope of 0.01 changes the kernel by a hundredth.",
            new OwnNumber("largest distance from ReLU", Estimate.Exact(apart, "of two means of repeats", sizes.Repeats)));
        yield return ReadOffFigure(curves, full, "figure-2b-tanh", "The bias alone makes this cone: without it the curve stays low.", ("tanh", 25));
        yield return ReadOffFigure(curves, full, "figure-2b-linear",
            "All of it is the shared bias: 25 biases of squared norm 1 beside inputs of squared norm 512.", ("linear", 25));
        yield return ReadOffFigure(
            curves, full, "figure-2b-no-bias",
            "The dashed line of the notebook is 1/π, the cosine of independent rows after one ReLU. tanh is odd, so without a bias rows that point "
                + "everywhere go on pointing everywhere: 0.33 cannot come from "
            + $"such a network. {WithDefaultBias(curves["tanh with PyTorch's default bias"])}",
            ("maxout without bias", 25), ("tanh without bias", 25), ("linear without bias", 25), ("ReLU without bias", 1));
        yield return ReadOffFigure(
            curves, full, "figure-2b-default-bias", "Variance 1/(3·512) of PyTorch's uniform bias, drawn normal here: only the variance counts.",
                ("linear with PyTorch's default bias", 25));
        yield return new Outcome(
            "abstract-cone", Judge(Mean(relu, Layers) > 0.99, full),
                "For random fully connected networks; convolutional ones and transformers are Figure 2(a).",
            At(relu, 1, "ReLU, one layer"), At(relu, Layers, "ReLU, 25 layers"), At(curves["linear without bias"], Layers, "linear without bias, 25 layers"));
    }

    private static string WithDefaultBias(double[][] tanh)
    {
        double mean = Mean(tanh, Layers);
        (double low, double high) = StudentInterval.Next([.. tanh.Select(curve => curve[Layers])]);
        return $"With PyTorch's default bias it is {InWords.Number(mean)} on average here, and one repeat lies between {InWords.Number(low)} and "
            + $"{InWords.Number(high)}"
            + (0.33 >= low && 0.33 <= high ? ": the likely origin of the printed number." : ", which does not hold the printed number either.");
    }

    private static Outcome ReadOffFigure(Dictionary<string, double[][]> curves, bool full, string id, string remark, params (string Kind, int Layer)[] places)
    {
        IReadOnlyList<PublishedNumber> published = ClaimList.All.First(claim => claim.Id == id).Published;
        OwnNumber[] ours = [.. places.Select((place, k) => At(curves[place.Kind], place.Layer, published[k].Name))];
        string[] off =
        [
            .. published.Zip(places).Where(pair =>
                !Near(pair.First.Value, StudentInterval.Next([.. curves[pair.Second.Kind].Select(curve => curve[pair.Second.Layer])])))
                    .Select(pair => pair.First.Name),
        ];
        return new Outcome(id, Judge(off.Length == 0, full), off.Length == 0 ? remark
            : $"Farther off than a reading by eye explains: {string.Join(", ", off)}. {remark}", ours);
    }

    // Read off a figure that shows one draw.
    private static bool Near(double printed, (double Low, double High) next) => printed >= next.Low - ReadOff && printed <= next.High + ReadOff;

    private static ClaimStatus Judge(bool holds, bool full) => !full ? ClaimStatus.DirectionOnly : holds ? ClaimStatus.Reproduced : ClaimStatus.Differs;

    private static bool Within(double value, (double Low, double High) interval) => value >= interval.Low - Printed && value <= interval.High + Printed;

    private static double Mean(double[][] curves, int layer) => curves.Average(curve => curve[layer]);

    private static OwnNumber At(double[][] curves, int layer, string name) =>
        new(name, StudentInterval.Mean([.. curves.Select(curve => curve[layer])], "repeats"));

    /// <summary>The recursion with the diagonal mixed in, as the curves have it.</summary>
    private static double[] Recursion(Activation activation, bool bias, Sizes sizes) =>
    [
        .. InfiniteWidth.Cosines(activation, sizes.Width, bias, Layers, sizes.Width, 0).Select(c => ((sizes.Inputs - 1) * c + 1) / sizes.Inputs),
    ];

    private static ResultTable ByLayer(Dictionary<string, double[][]> curves, Sizes sizes) => new(
        "curves", "Mean cosine by layer", ["network", "layer", "mean", "smallest of the repeats", "largest of the repeats", "infinite width"],
        [
            .. from kind in Kind.All
               let recursion = kind.Bias is 0 or 1 ? Recursion(kind.Activation, kind.Bias == 1, sizes) : null
               from layer in Enumerable.Range(0, Layers + 1)
               let values = curves[kind.Name].Select(curve => curve[layer]).ToArray()
               select (IReadOnlyList<string>)[
                   kind.Name, Cells.Of(layer), Cells.Of(values.Average()), Cells.Of(values.Min()), Cells.Of(values.Max()), recursion is null ? ""
                       : Cells.Of(recursion[layer])],
        ]);

    private static Chart Figure(Dictionary<string, double[][]> curves, Sizes sizes, int bias, string name, string words)
    {
        double[] layers = [.. Enumerable.Range(0, Layers + 1).Select(layer => (double)layer)];
        return new Chart
        {
            Name = name,
            Title = bias == 1 ? "With biases every non-linearity but the identity ends in a narrow cone, at its own pace"
                : "Without biases only activations with a positive mean make a cone",
            Caption = $"Mean cosine between {sizes.Inputs} rows in random networks of width {sizes.Width} {words}; bars show the smallest and largest "
                + $"of {sizes.Repeats} repeats. Right: the recursion "
                + "for infinite width.",
            Panels =
            [
                new ChartPanel
                {
                    Heading = "mean cosine, measured",
                    Across = "layer",
                    Series = [.. Kind.All.Where(kind => kind.Bias == bias).Select(kind => Measured(kind))],
                },
                new ChartPanel
                {
                    Heading = "mean cosine, infinite width",
                    Across = "layer",
                    Levels = bias == 0 ? [1 / Math.PI] : null,
                    Series = [.. Activation.All.Select(activation =>
                        ChartSeries.Of(activation.Name, SeriesKind.Line, layers, Recursion(activation, bias == 1, sizes)))],
                },
            ],
        };

        ChartSeries Measured(Kind kind) => ChartSeries.Of(
            kind.Activation.Name, SeriesKind.Line, layers, layers.Select(layer => Mean(curves[kind.Name], (int)layer)),
            layers.Select(layer => curves[kind.Name].Min(curve => curve[(int)layer])), layers
                .Select(layer => curves[kind.Name].Max(curve => curve[(int)layer])));
    }

    private static Chart Approach(Dictionary<string, double[][]> curves, Sizes sizes)
    {
        double[] layers = [.. Enumerable.Range(1, Layers).Select(layer => (double)layer)];
        double[] printed = [.. ClaimList.All.First(claim => claim.Id == "figure-2b-relu").Published.Select(one => one.Value)];
        double[] recursion = Recursion(Activation.ReLU, true, sizes);
        return new Chart
        {
            Name = "relu-approach",
            Title = "ReLU with a bias: from layer to layer the distance to 1 halves",
            Caption = $"1 less the mean cosine on a logarithmic axis: {sizes.Repeats} repeats (their range as bars), the printed curve, and the "
                + "infinite-width recursion.",
            Panels =
            [
                new ChartPanel
                {
                    Heading = "1 - mean cosine",
                    Across = "layer",
                    LogUp = true,
                    Series =
                    [
                        ChartSeries.Of(
                            "ours", SeriesKind.Marks, layers, layers.Select(layer => 1 - Mean(curves["ReLU"], (int)layer)),
                            layers.Select(layer => 1 - curves["ReLU"].Max(curve => curve[(int)layer])), layers
                                .Select(layer => 1 - curves["ReLU"].Min(curve => curve[(int)layer]))),
                        ChartSeries.Of("printed", SeriesKind.Dashed, layers, layers.Select(layer => 1 - printed[(int)layer])),
                        ChartSeries.Of("infinite width", SeriesKind.Line, layers, layers.Select(layer => 1 - recursion[(int)layer])),
                    ],
                },
            ],
        };
    }
}
