using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Figure 2(a): cosines between what untrained networks make of noise; the paper drew one set of weights, here several show how far such draws differ.</summary>
internal sealed class NoiseCones : IExperiment
{
    private const string MeanName = "mean cosine";

    public string Id => "figure-2a";

    public string Title => "Figure 2(a): the cones of untrained networks on noise";

    private sealed record Sizes(int First, int Others, int Seeds)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full ? new(5000, 500, 10) : new(16, 16, 2);

        public int InputsOf(int seed) => seed == 0 ? First : Others;
    }

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("architectures", string.Join(", ", PublishedTower.All.Select(tower => tower.Name))),
            new("inputs", $"{sizes.First} for the first set of weights, {sizes.Others} for each other one"),
            new("sets of weights", Cells.Of(sizes.Seeds)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 40 : 1;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        Dictionary<string, double[][]> cones = [];
        for (int t = 0; t < PublishedTower.All.Count; t++)
        {
            PublishedTower tower = PublishedTower.All[t];
            double before = (double)t / PublishedTower.All.Count;
            cones[tower.Id] =
            [
                .. Enumerable.Range(0, sizes.Seeds).Select(seed => context.Part(
                    $"{tower.Id}-weights-{seed + 1}", before + seed / (double)(sizes.Seeds * PublishedTower.All.Count), () => [Cone(tower, seed, sizes, context)])[0]),
            ];
        }
        return new Findings
        {
            Outcomes = [.. PublishedTower.All.Select(tower => Judge(tower, cones[tower.Id], context.IsFull))],
            Tables = [Table(cones, sizes)],
            Charts = [Figure(cones)],
            Notes =
            [
                "The paper has one number a network, from one set of weights. Where it lies inside the range in which one more set of weights would fall 95 times in a hundred, it is reproduced.",
            ],
        };
    }

    // Mean, population deviation, smallest and largest cosine between two different inputs.
    private static double[] Cone(PublishedTower tower, int seed, Sizes sizes, ExperimentContext context)
    {
        using PublishedEncoder encoder = tower.Create(context.Random.Fork("weights", seed).Fork(tower.Id));
        ConeStatistics cone = ConeStatistics.Of(
            tower.OfNoise(encoder, context.Random.Fork("noise", seed).Fork(tower.Id), sizes.InputsOf(seed), context.Work.Cancellation),
            context.Work.Threads,
            context.Work.Cancellation);
        return [cone.Mean.Value, cone.Deviation.Value, cone.Minimum, cone.Maximum];
    }

    private static Outcome Judge(PublishedTower tower, double[][] cones, bool full)
    {
        string claim = $"figure-2a-noise-{tower.Id}";
        double published = ClaimList.All.Single(one => one.Id == claim).Published.Single(one => one.Name == MeanName).Value;
        double[] means = [.. cones.Select(cone => cone[0])];
        (double low, double high) = StudentInterval.Next(means);
        bool inside = published >= low && published <= high;
        return new Outcome(
            claim,
            !full ? ClaimStatus.DirectionOnly : inside ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            $"One more set of weights would lie between {InWords.Number(low)} and {InWords.Number(high)}; the printed mean lies {(inside ? "inside" : "outside")}."
                + (full ? "" : " From few inputs and sets of weights: the full setting takes the published number."),
            new OwnNumber(MeanName, StudentInterval.Mean(means, "sets of weights")),
            new OwnNumber("deviation", StudentInterval.Mean([.. cones.Select(cone => cone[1])], "sets of weights")),
            new OwnNumber("smallest", Estimate.Exact(cones[0][2], "the smallest of the first set of weights", 1)));
    }

    private static ResultTable Table(Dictionary<string, double[][]> cones, Sizes sizes) => new(
        "cones", "Cosines between the outputs for different inputs", ["network", "weights", "inputs", "mean", "deviation", "smallest", "largest"],
        [
            .. from tower in PublishedTower.All
               from seed in Enumerable.Range(0, cones[tower.Id].Length)
               select (IReadOnlyList<string>)[tower.Name, Cells.Of(seed + 1), Cells.Of(sizes.InputsOf(seed)), .. Cells.Row(cones[tower.Id][seed])],
        ]);

    private static Chart Figure(Dictionary<string, double[][]> cones) => new()
    {
        Name = "noise-cones",
        Title = "Untrained networks put noise into narrow cones, the deeper the narrower",
        Caption = "Mean cosine of each set of weights, with one deviation of the cosines to either side.",
        Panels =
        [
            new ChartPanel
            {
                Heading = "mean cosine",
                Across = "set of weights",
                Series = [.. PublishedTower.All.Select(tower => ChartSeries.Of(
                    tower.Name, SeriesKind.Marks, Enumerable.Range(1, cones[tower.Id].Length).Select(seed => (double)seed), cones[tower.Id].Select(cone => cone[0]),
                    cones[tower.Id].Select(cone => cone[0] - cone[1]), cones[tower.Id].Select(cone => cone[0] + cone[1])))],
            },
        ],
    };
}
