using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Lab.Reproduction.Networks;
using ModalityGap.Projections;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Supplementary Figure 13: models of one architecture that were trained independently make separate cones of the same pictures; for the models that were given.
/// </summary>
internal sealed class ConesOfModels : IExperiment
{
    private const int Digits = 6, Looks = 5;

    public string Id => "supplementary-figure-13";

    public string Title => "Supplementary Figure 13: another training, another cone";

    public Material Uses => Material.Models | Material.Images;

    public IReadOnlyList<Setting> Settings(Effort effort) => [new("pictures, at most", Cells.Of(MostOf(effort)))];

    // For eleven models.
    public double Minutes(Effort effort) => effort == Effort.Full ? 5 : 1;

    public double Minutes(Effort effort, GivenMaterial given) => given.Models.Count < 2 ? 0 : Minutes(effort) * given.Images.Count;

    public Findings Run(ExperimentContext context)
    {
        if (context.Given.Models.Count < 2 || context.Given.Images.Count == 0)
            return new Findings { Outcomes = [Missing(context.Given)] };
        string[] tasks = [.. context.Given.Images.Keys.Order(StringComparer.Ordinal)];
        double[][][] models = [.. context.Given.Models.Select((model, m) => context.Part(
            $"model-{m + 1}", (double)m / context.Given.Models.Count, () => Rows(context, model, context.Given.Images[tasks[0]])))];
        if (models.Select(rows => (rows.Length, rows[0].Length)).Distinct().Count() > 1)
            throw new EmbeddingDataException(
                context.Given.Models[0],
                $"the models make {string.Join(", ", models.Select(rows => $"{rows.Length} x {rows[0].Length}").Distinct())} values of the same pictures.",
                "Give models of one architecture: their cones are compared in one space.");
        var cloud = new SeedCloud($"{models.Length} models", tasks[0], Array.ConvertAll(models, Unit), context.Work);
        return new Findings { Outcomes = [Judge(cloud)], Tables = [Table(cloud, context.Given)], Charts = [Map(cloud, context)], Notes = [.. Notes(tasks)] };
    }

    private static int MostOf(Effort effort) => effort == Effort.Full ? 200 : 20;

    private static Outcome Missing(GivenMaterial given)
    {
        string[] lacking =
        [
            .. given.Models.Count < 2 ? ["--model with two or more models of one architecture: folders of CLIP models, or files of torchvision's ResNet-18 (the paper's eleven ResNet-50, of SamsungLabs' pytorch-ensembles, are not read here)"]
                : Array.Empty<string>(),
            .. given.Images.Count == 0 ? ["--images imagenet=DIR with a folder of pictures"] : Array.Empty<string>(),
        ];
        return new Outcome("supplementary-figure-13", ClaimStatus.Needs, $"Give {string.Join(", and ", lacking)}.");
    }

    private static double[][] Rows(ExperimentContext context, string model, string folder)
    {
        using var tower = GivenModel.Open(model);
        PictureList pictures = PictureCone.Draw(folder, MostOf(context.Effort), context.Random);
        EmbeddingSet rows = tower.Embed(pictures, context.Work.Cancellation);
        return rows.Rows >= 4
            ? [.. Enumerable.Range(0, rows.Rows).Select(i => Array.ConvertAll(rows.Row(i).ToArray(), value => Math.Round((double)value, Digits)))]
            : throw new EmbeddingDataException(folder, $"only {rows.Rows} of its pictures can be used; four are needed.", "Check the files, or give another folder.");
    }

    private static UnitEmbeddings Unit(double[][] rows) =>
        UnitEmbeddings.Normalize(new EmbeddingSet(Modality.Image, [.. rows.SelectMany(row => row.Select(value => (float)value))], rows[0].Length));

    private static Outcome Judge(SeedCloud cloud)
    {
        double own = cloud.NearestOwn;
        bool apart = own > 0.95 && cloud.BetweenGap.Value > cloud.WithinGap.Value;
        return new Outcome(
            "supplementary-figure-13", apart ? ClaimStatus.DirectionOnly : ClaimStatus.Differs,
            $"With the models and pictures that were given, in place of the paper's ResNet-50. Each row is nearest to a row of its own model in {100 * own:0.#} % of cases.",
            new OwnNumber("share of the variance between models", cloud.BetweenShare),
            new OwnNumber("gap between models on the same pictures", cloud.BetweenGap),
            new OwnNumber("gap between halves of the pictures", cloud.WithinGap),
            new OwnNumber("share of rows nearest to their own model", Estimate.Exact(own, "a count on these rows", cloud.Seeds.Length * cloud.Seeds[0].Rows)));
    }

    private static IEnumerable<string> Notes(string[] tasks)
    {
        yield return "Whether weights were trained, and independently, the files do not tell.";
        if (tasks.Length > 1)
            yield return $"Of the folders that were given the first by name, {tasks[0]}, is used.";
    }

    private static ResultTable Table(SeedCloud cloud, GivenMaterial given) => new(
        "models", "The cone of each model", ["model", "pictures", "mean cosine within"],
        [.. given.Models.Select((model, m) => (IReadOnlyList<string>)[GivenModel.NameOf(model), Cells.Of(cloud.Seeds[m].Rows), Cells.Of(cloud.MeanCosines[m])])]);

    private static Chart Map(SeedCloud cloud, ExperimentContext context) => new()
    {
        Name = "cones-of-models",
        Title = "Every model makes a cone of its own of the same pictures",
        Caption = "UMAP, where who is near whom counts and lengths do not, and the first two principal directions. A colour and shape stand for one or several models.",
        Panels =
        [
            Panel("UMAP", cloud, [.. Umap.Compute(
                cloud.Seeds, new UmapOptions(), context.Random.Fork("umap"), context.Work.Threads, context.Work.Cancellation).SelectMany(points => points)]),
            Panel("PCA", cloud, cloud.Plane),
        ],
    };

    private static ChartPanel Panel(string heading, SeedCloud cloud, MapPoint[] points) => new()
    {
        Heading = heading,
        Across = "",
        Plane = true,
        Series =
        [
            .. Enumerable.Range(0, Math.Min(Looks, cloud.Seeds.Length)).Select(look =>
            {
                MapPoint[] own = [.. points.Where((_, i) => i / cloud.Seeds[0].Rows % Looks == look)];
                string name = cloud.Seeds.Length > Looks ? $"models {look + 1}, {look + 1 + Looks}, …" : $"model {look + 1}";
                return ChartSeries.Of(name, SeriesKind.Cloud, own.Select(point => point.X), own.Select(point => point.Y));
            }),
        ],
    };
}
