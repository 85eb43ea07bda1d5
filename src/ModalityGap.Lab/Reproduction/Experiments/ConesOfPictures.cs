using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Experiments;

/// <summary>
/// Supplementary Figure 14: how narrow the cone of many pictures is under trained weights, for every model and every folder of pictures that were given.
/// </summary>
internal sealed class ConesOfPictures : IExperiment
{
    private const int Published = 50_000, PartPictures = 1_000, Digits = 6;

    public string Id => "supplementary-figure-14";

    public string Title => "Supplementary Figure 14: the cone of 50,000 pictures";

    public Material Uses => Material.Models | Material.Images;

    public IReadOnlyList<Setting> Settings(Effort effort) => [new("pictures of a folder, at most", Cells.Of(MostOf(effort)))];

    // For one ViT-B/32 and 50,000 pictures.
    public double Minutes(Effort effort) => effort == Effort.Full ? 80 : 0.5;

    public double Minutes(Effort effort, GivenMaterial given) => Minutes(effort) * given.Models.Count * given.Images.Count;

    public Findings Run(ExperimentContext context)
    {
        if (context.Given.Models.Count == 0 || context.Given.Images.Count == 0)
            return new Findings { Outcomes = [Missing(context.Given)] };
        List<Cone> cones = [];
        int all = context.Given.Models.Count * context.Given.Images.Count;
        foreach (string model in context.Given.Models)
        {
            using var tower = GivenModel.Open(model);
            foreach ((string task, string folder) in context.Given.Images.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                cones.Add(Measure(context, tower, task, folder, cones.Count, all));
        }
        return new Findings { Outcomes = [Judge(cones)], Tables = [Table(cones)], Charts = [Figure(cones)], Notes = [.. Notes(cones)] };
    }

    private sealed record Cone(string Model, string Task, int Rows, int LeftOut, ConeStatistics Cosines)
    {
        public string Name => $"{Model}, {Task}";
    }

    private static int MostOf(Effort effort) => effort == Effort.Full ? Published : 200;

    private static Outcome Missing(GivenMaterial given)
    {
        string[] lacking =
        [
            .. given.Models.Count == 0 ? ["--model with the folder of a CLIP model or the file of torchvision's ResNet-18 (docs/clip.md says where they are)"] : Array.Empty<string>(),
            .. given.Images.Count == 0 ? ["--images imagenet=DIR with a folder of pictures, such as the 50,000 of ImageNet's validation set"] : Array.Empty<string>(),
        ];
        return new Outcome("supplementary-figure-14", ClaimStatus.Needs, $"Give {string.Join(", and ", lacking)}.");
    }

    // In parts of some pictures, so that hours of embedding are kept.
    private static Cone Measure(ExperimentContext context, GivenModel tower, string task, string folder, int before, int all)
    {
        PictureList list = PictureCone.Draw(folder, MostOf(context.Effort), context.Random.Fork(task));
        List<float> rows = [];
        for (int first = 0; first < list.Names.Count; first += PartPictures)
        {
            PictureList some = list with { Names = [.. list.Names.Skip(first).Take(PartPictures)] };
            double[][] part = context.Part(
                $"model-{before + 1}-pictures-{first}", (before + (double)first / list.Names.Count) / all, () => Rounded(tower.Embed(some, context.Work.Cancellation)));
            foreach (double[] row in part)
                foreach (double value in row)
                    rows.Add((float)value);
        }
        int count = rows.Count / tower.Dimensions;
        if (count < 3)
            throw new EmbeddingDataException(folder, $"only {count} of its pictures can be used; a cone needs three.", "Check the files, or give another folder.");
        var set = new EmbeddingSet(Modality.Image, [.. rows], tower.Dimensions);
        return new Cone(tower.Name, task, count, list.Names.Count - count, ConeStatistics.Of(set, context.Work.Threads, context.Work.Cancellation));
    }

    private static double[][] Rounded(EmbeddingSet rows) =>
        [.. Enumerable.Range(0, rows.Rows).Select(i => Array.ConvertAll(rows.Row(i).ToArray(), value => Math.Round((double)value, Digits)))];

    private static Outcome Judge(List<Cone> cones)
    {
        bool narrow = cones.All(cone => cone.Cosines.Mean.Low > 0);
        return new Outcome(
            "supplementary-figure-14",
            !narrow ? ClaimStatus.Differs : cones.Any(cone => cone.Rows >= Published) ? ClaimStatus.Reproduced : ClaimStatus.DirectionOnly,
            (narrow ? "With every model the mean cosine between different pictures is above 0: they lie in a cone. " : "Not with every model and folder is the mean cosine above 0. ")
                + $"{string.Join("; ", cones.Select(cone => $"{cone.Name}: {Cells.Of(cone.Rows)} pictures"))}.",
            [
                .. cones.SelectMany(cone => new[]
                {
                    new OwnNumber($"mean cosine, {cone.Name}", cone.Cosines.Mean),
                    new OwnNumber($"deviation, {cone.Name}", cone.Cosines.Deviation),
                    new OwnNumber($"smallest, {cone.Name}", Estimate.Exact(cone.Cosines.Minimum, "the smallest of all pairs", cone.Rows)),
                }),
            ]);
    }

    private static IEnumerable<string> Notes(List<Cone> cones)
    {
        yield return "Whether weights were trained, and on what, the files do not tell; what was given is named by its folder.";
        yield return "A ResNet-18's pictures are scaled to 224 pixels, not to 256 of which 224 are cut, as torchvision's own preparation does.";
        foreach (Cone cone in cones.Where(cone => cone.LeftOut > 0))
            yield return $"{cone.Name}: {Cells.Of(cone.LeftOut)} pictures cannot be decoded and were left out.";
    }

    private static ResultTable Table(List<Cone> cones) => new(
        "cones", "Cosines between the embeddings of different pictures", ["model", "pictures", "count", "mean", "low", "high", "deviation", "smallest", "largest"],
        [
            .. cones.Select(cone => (IReadOnlyList<string>)
            [
                cone.Model, cone.Task, Cells.Of(cone.Rows), .. Cells.Row(
                    cone.Cosines.Mean.Value, cone.Cosines.Mean.Low ?? double.NaN, cone.Cosines.Mean.High ?? double.NaN, cone.Cosines.Deviation.Value,
                    cone.Cosines.Minimum, cone.Cosines.Maximum),
            ]),
        ]);

    private static Chart Figure(List<Cone> cones) => new()
    {
        Name = "cones",
        Title = "Where the cosines between different pictures lie",
        Caption = "The mean of all pairs with one deviation to either side, and the smallest and the largest of them.",
        Panels =
        [
            new ChartPanel
            {
                Heading = "cosine",
                Across = $"model and pictures: {string.Join("; ", cones.Select((cone, k) => $"{Cells.Of(k + 1)} {cone.Name}"))}",
                Series =
                [
                    ChartSeries.Of("mean", SeriesKind.Marks, Places(cones), cones.Select(cone => cone.Cosines.Mean.Value),
                        cones.Select(cone => cone.Cosines.Mean.Value - cone.Cosines.Deviation.Value), cones.Select(cone => cone.Cosines.Mean.Value + cone.Cosines.Deviation.Value)),
                    ChartSeries.Of("smallest", SeriesKind.Marks, Places(cones), cones.Select(cone => cone.Cosines.Minimum)),
                    ChartSeries.Of("largest", SeriesKind.Marks, Places(cones), cones.Select(cone => cone.Cosines.Maximum)),
                ],
            },
        ],
    };

    private static IEnumerable<double> Places(List<Cone> cones) => cones.Select((_, k) => k + 1.0);
}
