using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Lab.Reproduction.Trainings;
using ModalityGap.Lab.Training;
using ModalityGap.Projections;
using ModalityGap.Report.Experiments;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>Eleven encoders, trained independently of each other, each with a cone of its own of the same pictures (supplementary Figure 13).</summary>
internal sealed class SeparateCones : IExperiment
{
    private const string Part = "encoder";

    public string Id => "separate-cones";

    public string Title => "Supplementary Figure 13: encoders that were trained independently form separate cones";

    public Material Uses => Material.Data;

    private static int Encoders(Effort effort) => effort == Effort.Full ? 11 : 3;

    private static int Pictures(Effort effort) => effort == Effort.Full ? 100 : 30;

    private static TrainingCell Cell(Effort effort) => new(Part, "τ learned", TrainingScale.Of(effort).Encoder, TrainingScale.Of(effort).Training);

    private static TrainingGrid Grid(Effort effort) => new(TrainingScale.Of(effort) with { Seeds = Encoders(effort) }, [Cell(effort)]);

    public IReadOnlyList<Setting> Settings(Effort effort) =>
        [.. Grid(effort).Settings, new("rows", $"{Pictures(effort)} watched pictures, the same for every encoder, and their texts")];

    public double Minutes(Effort effort) => Grid(effort).Minutes;

    public int Runs(Effort effort) => Grid(effort).Runs;

    public Findings Run(ExperimentContext context)
    {
        int encoders = Encoders(context.Effort), pictures = Pictures(context.Effort);
        ImageTextSet? set = null;
        double[][][] rows =
        [
            .. Enumerable.Range(0, encoders).Select(seed => context.Part($"{Part}-{seed + 1}", (double)seed / encoders, () =>
            {
                set ??= Grid(context.Effort).Open(context, Cell(context.Effort).Encoder.Side);
                return Trained(seed, set, pictures, context);
            })),
        ];
        SeedCloud[] clouds =
        [
            .. ((string[])["pictures", "texts"]).Select((inputs, side) => new SeedCloud(
                "trained encoders", inputs, Array.ConvertAll(rows, part => Unit(inputs, part[(side * pictures)..((side + 1) * pictures)])), context.Work)),
        ];
        return new Findings
        {
            Outcomes = [Separate(clouds)],
            Tables = [Table(clouds)],
            Charts = [Map(clouds)],
            Notes = ["The published encoders are eleven ResNet-50 on ImageNet; these are small dual encoders, so that there are cones of pictures and cones "
                + "of texts."],
        };
    }

    private static double[][] Trained(int seed, ImageTextSet set, int pictures, ExperimentContext context)
    {
        using Trainer trainer = Trainer.Start(Grid(context.Effort).RunOf(Cell(context.Effort), seed, set, context));
        trainer.Train(cancellation: context.Work.Cancellation);
        PairedEmbeddings pairs = trainer.Watched(context.Work.Cancellation);
        return
        [
            .. from side in (UnitEmbeddings[])[pairs.First, pairs.Second]
               from i in Enumerable.Range(0, pictures)
               select Array.ConvertAll(side.Row(i).ToArray(), value => Math.Round((double)value, 6)),
        ];
    }

    private static UnitEmbeddings Unit(string name, double[][] rows) => UnitEmbeddings.Normalize(
        new EmbeddingSet(new Modality(name), [.. rows.SelectMany(row => row.Select(value => (float)value))], rows[0].Length));

    private static Outcome Separate(SeedCloud[] clouds)
    {
        double own = clouds.Min(cloud => cloud.NearestOwn);
        return new Outcome(
            "independent-cones", own > 0.95 ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"A row's nearest neighbour is of its own encoder in at least {100 * own:0.#} % of cases; encoders lie {InWords.Number(clouds[0].BetweenGap)} "
                + "apart on the same pictures.",
            [
                .. clouds.SelectMany(cloud => new[]
                {
                    new OwnNumber($"share of the variance between encoders, {cloud.Inputs}", cloud.BetweenShare),
                    new OwnNumber($"gap between encoders on the same inputs, {cloud.Inputs}", cloud.BetweenGap),
                    new OwnNumber($"gap between halves of the inputs, {cloud.Inputs}", cloud.WithinGap),
                }),
            ]);
    }

    private static ResultTable Table(SeedCloud[] clouds) => new(
        "cones", "Cones of independently trained encoders",
        ["inputs", "variance between encoders", "gap between encoders", "gap between inputs", "mean cosine within", "nearest row of the same encoder"],
        [
            .. clouds.Select(cloud => (IReadOnlyList<string>)[
                cloud.Inputs, .. Cells.Row(cloud.BetweenShare.Value, cloud.BetweenGap.Value, cloud.WithinGap.Value, cloud.MeanCosines.Average(),
                    cloud.NearestOwn)]),
        ]);

    private static Chart Map(SeedCloud[] clouds) => new()
    {
        Name = "cones",
        Title = "The same inputs, seen by encoders that were trained independently",
        Caption = "First two principal directions of all rows; two of many directions cannot keep all cones apart.",
        Panels =
        [
            .. clouds.Select(cloud => new ChartPanel
            {
                Heading = cloud.Inputs,
                Across = "",
                Plane = true,
                Series =
                [
                    .. Enumerable.Range(0, Math.Min(5, cloud.Seeds.Length)).Select(seed =>
                    {
                        int each = cloud.Seeds[0].Rows;
                        MapPoint[] own = cloud.Plane[(seed * each)..((seed + 1) * each)];
                        return ChartSeries.Of($"encoder {seed + 1}", SeriesKind.Cloud, own.Select(point => point.X), own.Select(point => point.Y));
                    }),
                ],
            }),
        ],
    };
}
