using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Models.Published;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Figure 2(a): cosines between what networks make of noise and of real items, untrained and, where weights are brought, trained. The paper drew one set of random weights;
/// here several show how far such draws differ.
/// </summary>
internal sealed class NetworkCones : IExperiment
{
    private const string MeanName = "mean cosine";

    public string Id => "figure-2a";

    public string Title => "Figure 2(a): the cones of networks, untrained and trained";

    public Material Uses => Material.Data | Material.Models;

    private sealed record Sizes(int FirstNoise, int OtherNoise, int FirstItems, int OtherItems, int Seeds)
    {
        public static Sizes Of(Effort effort) => effort == Effort.Full ? new(5000, 100, 1000, 100, 10) : new(16, 16, 16, 16, 2);
    }

    // Of one set of weights: how many inputs, and the mean, deviation, smallest and largest cosine.
    private sealed record Cone(int Inputs, double Mean, double Deviation, double Smallest, double Largest)
    {
        public static Cone Of(double[] part) => new((int)part[0], part[1], part[2], part[3], part[4]);

        public static double[] Part(EmbeddingSet rows, ExperimentContext context)
        {
            ConeStatistics cone = ConeStatistics.Of(rows, context.Work.Threads, context.Work.Cancellation);
            return [rows.Rows, cone.Mean.Value, cone.Deviation.Value, cone.Minimum, cone.Maximum];
        }
    }

    private sealed record TowerCones(PublishedTower Tower, Cone[] Noise, Cone[] Items, Cone? Trained);

    public IReadOnlyList<Setting> Settings(Effort effort)
    {
        Sizes sizes = Sizes.Of(effort);
        return
        [
            new("architectures", string.Join(", ", PublishedTower.All.Select(tower => tower.Name))),
            new("noise", $"{sizes.FirstNoise} inputs for the first set of weights, {sizes.OtherNoise} for each other one"),
            new("items", $"{sizes.FirstItems}, or as many as there are, for the first set of weights, {sizes.OtherItems} for each other one"),
            new("sets of weights", Cells.Of(sizes.Seeds)),
        ];
    }

    public double Minutes(Effort effort) => effort == Effort.Full ? 35 : 1;

    public Findings Run(ExperimentContext context)
    {
        Sizes sizes = Sizes.Of(context.Effort);
        var items = ItemInputs.Open(context.Given.Data!, sizes.FirstItems, context.Random.Fork("items"), context.Work.Cancellation);
        Dictionary<string, Cone> trained = Trained(items, context);
        List<TowerCones> towers = [];
        foreach (PublishedTower tower in PublishedTower.All)
        {
            double before = (double)towers.Count / PublishedTower.All.Count;
            Cone[][] seeds =
            [
                .. Enumerable.Range(0, sizes.Seeds).Select(seed => Array.ConvertAll(
                    context.Part($"{tower.Id}-weights-{seed + 1}", before + seed / (double)(sizes.Seeds * PublishedTower.All.Count), () => Cones(tower, seed, sizes, items, context)),
                    Cone.Of)),
            ];
            towers.Add(new TowerCones(tower, [.. seeds.Select(cones => cones[0])], [.. seeds.Select(cones => cones[1])], trained.GetValueOrDefault(tower.Id)));
        }
        return new Findings
        {
            Outcomes = [.. towers.SelectMany(tower => (Outcome[])[OnNoise(tower, context.IsFull), OnItems(tower, items), WhenTrained(tower, items)])],
            Tables = [Table(towers, items)],
            Charts = [Figure("noise-cones", "noise", towers, tower => tower.Noise), Figure("item-cones", items.Name, towers, tower => tower.Items)],
            Notes =
            [
                "The paper has one number a network, from one set of weights. Where it lies inside the range in which one more set of weights would fall 95 times in a hundred, it is reproduced.",
                $"Items are of the set {items.Name}: a picture of each, and its first text; the untrained text transformer sees words numbered by their first use.",
            ],
        };
    }

    private static double[][] Cones(PublishedTower tower, int seed, Sizes sizes, ItemInputs items, ExperimentContext context)
    {
        using PublishedEncoder encoder = tower.Create(context.Random.Fork("weights", seed).Fork(tower.Id));
        int noise = seed == 0 ? sizes.FirstNoise : sizes.OtherNoise, real = seed == 0 ? sizes.FirstItems : sizes.OtherItems;
        return
        [
            Cone.Part(tower.OfNoise(encoder, context.Random.Fork("noise", seed).Fork(tower.Id), noise, context.Work.Cancellation), context),
            Cone.Part(tower.OfItems(encoder, items.First(real), context.Work.Cancellation), context),
        ];
    }

    private static Dictionary<string, Cone> Trained(ItemInputs items, ExperimentContext context)
    {
        Dictionary<string, Cone> cones = [];
        foreach (string path in context.Given.Models)
        {
            context.Tell(GivenModel.NameOf(path), 0);
            using var model = GivenModel.Open(path);
            foreach ((string tower, EmbeddingSet rows) in model.Embed(items, context.Work.Cancellation))
                cones[tower] = Cone.Of(Cone.Part(rows, context));
        }
        return cones;
    }

    private static Outcome OnNoise(TowerCones cones, bool full)
    {
        string claim = $"figure-2a-noise-{cones.Tower.Id}";
        (bool inside, string range) = Beside(claim, cones.Noise);
        return new Outcome(
            claim,
            !full ? ClaimStatus.DirectionOnly : inside ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            full ? range : range + " From few inputs and sets of weights: the full setting takes the published number.",
            Numbers(cones.Noise));
    }

    private static Outcome OnItems(TowerCones cones, ItemInputs items)
    {
        string claim = $"figure-2a-random-real-{cones.Tower.Id}";
        (bool inside, string range) = Beside(claim, cones.Items);
        bool isCone = cones.Items.All(cone => cone.Mean > 0);
        return new Outcome(
            claim,
            items.AreMsCoco ? inside ? ClaimStatus.Reproduced : ClaimStatus.Differs : isCone ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            items.AreMsCoco ? range : $"On the set {items.Name} in place of MSCOCO's items. {range}",
            Numbers(cones.Items));
    }

    private static Outcome WhenTrained(TowerCones cones, ItemInputs items)
    {
        string claim = $"figure-2a-pretrained-{cones.Tower.Id}";
        if (cones.Trained is not { } cone)
            return new Outcome(
                claim,
                ClaimStatus.Needs,
                $"MSCOCO's captions_val2017.json with its pictures (--data), and weights (--model): {(cones.Tower.Id == "resnet-18" ? "torchvision's ResNet-18" : "CLIP ViT-B/32")}.");
        double published = Published(claim);
        const double near = 0.02;
        bool agrees = Math.Abs(cone.Mean - published) < near;
        return new Outcome(
            claim,
            !items.AreMsCoco ? cone.Mean > 0 ? ClaimStatus.DirectionOnly : ClaimStatus.Differs : agrees ? ClaimStatus.Reproduced : ClaimStatus.Differs,
            items.AreMsCoco ? "The paper's 5,000 items are another draw; 0.02 is taken as agreement." : $"On the set {items.Name} in place of MSCOCO's items.",
            Numbers([cone]));
    }

    private static (bool Inside, string Words) Beside(string claim, Cone[] cones)
    {
        double published = Published(claim);
        (double low, double high) = StudentInterval.Next([.. cones.Select(cone => cone.Mean)]);
        bool inside = published >= low && published <= high;
        return (inside, $"One more set of weights would lie between {InWords.Number(low)} and {InWords.Number(high)}; the printed mean lies {(inside ? "inside" : "outside")}.");
    }

    private static double Published(string claim) => ClaimList.All.Single(one => one.Id == claim).Published.Single(one => one.Name == MeanName).Value;

    private static OwnNumber[] Numbers(Cone[] cones) =>
    [
        new(MeanName, StudentInterval.Mean([.. cones.Select(cone => cone.Mean)], "sets of weights")),
        new("deviation", StudentInterval.Mean([.. cones.Select(cone => cone.Deviation)], "sets of weights")),
        new("smallest", Estimate.Exact(cones[0].Smallest, "the smallest of the first set of weights", 1)),
    ];

    private static ResultTable Table(List<TowerCones> towers, ItemInputs items) => new(
        "cones",
        "Cosines between the outputs for different inputs",
        ["network", "inputs", "weights", "number of inputs", "mean", "deviation", "smallest", "largest"],
        [
            .. from tower in towers
               from row in tower.Noise.Select((cone, seed) => Row(tower, "noise", Cells.Of(seed + 1), cone))
                   .Concat(tower.Items.Select((cone, seed) => Row(tower, items.Name, Cells.Of(seed + 1), cone)))
                   .Concat(tower.Trained is { } trained ? [Row(tower, items.Name, "trained", trained)] : [])
               select row,
        ]);

    private static string[] Row(TowerCones tower, string inputs, string weights, Cone cone) =>
        [tower.Tower.Name, inputs, weights, Cells.Of(cone.Inputs), .. Cells.Row(cone.Mean, cone.Deviation, cone.Smallest, cone.Largest)];

    private static Chart Figure(string name, string inputs, List<TowerCones> towers, Func<TowerCones, Cone[]> cones) => new()
    {
        Name = name,
        Title = inputs == "noise" ? "Untrained networks put noise into narrow cones" : $"Untrained networks put the items of {inputs} into cones too",
        Caption = "Mean cosine of each set of weights, with one deviation of the cosines to either side.",
        Panels =
        [
            new ChartPanel
            {
                Heading = "mean cosine",
                Across = "set of weights",
                Series = [.. towers.Select(tower => ChartSeries.Of(
                    tower.Tower.Name,
                    SeriesKind.Marks,
                    Enumerable.Range(1, cones(tower).Length).Select(seed => (double)seed),
                    cones(tower).Select(cone => cone.Mean),
                    cones(tower).Select(cone => cone.Mean - cone.Deviation),
                    cones(tower).Select(cone => cone.Mean + cone.Deviation)))],
            },
        ],
    };
}
