using ModalityGap.Measures;
using ModalityGap.Report.Charts;

namespace ModalityGap.Report.Figures;

/// <summary>The cosines of every model on one axis.</summary>
internal sealed class ModelCosinesFigure
{
    private readonly ComparedModels models;
    private readonly ComparisonResult result;
    private readonly RunPicture[] pictures;

    private ModelCosinesFigure(ComparedModels models, ComparisonResult result, IReadOnlyList<RunPicture> all)
    {
        this.models = models;
        this.result = result;
        pictures = [.. models.Order.Select(run => all.First(picture => picture.Run == run.Name))];
    }

    /// <summary>The figure, or <c>null</c> where the comparison came without pictures or nothing was counted.</summary>
    public static Figure? Of(ComparedModels models, ComparisonResult result) =>
        result.Pictures is { } all && all.Any(picture => picture.Histograms.Matched.Any(count => count > 0))
            ? new ModelCosinesFigure(models, result, all).Compose()
            : null;

    private Figure Compose()
    {
        var rows = new CosineRows(models.Shown, [.. pictures.Select(picture => picture.Histograms)]);
        return new Figure
        {
            Name = "model-cosines",
            Title = Title(),
            Caption = "Density of the cosines of all pairs of rows, one pair per item; within a row of the figure areas are equal. "
                + (rows.SharesHeight ? "All models have the same axes." : "All models have the same cosine axis; each is as high as its own peak."),
            Measure = "matched-cosine-mean",
            Drawing = rows.Draw(($"two {Words.Short(result.First)} rows", $"two {Words.Short(result.Second)} rows")),
            Data = new DataTable(
                ["Model", "Cosine from", "to", "matched", "unmatched", $"{result.First}, within", $"{result.Second}, within"],
                [.. pictures.SelectMany((picture, k) => rows.Table(k).Select(cells => (IReadOnlyList<string>)[picture.Run, .. cells]))]),
        };
    }

    private string Title()
    {
        List<double> lifts = [];
        int below = 0;
        for (int k = 0; k < pictures.Length; k++)
        {
            if (ComparedModels.Value(models.Order[k], "matched-cosine-mean").Estimate is not { } matched || Mean(pictures[k],
                "unmatched-cosine-mean") is not { } unmatched
                || Mean(pictures[k], $"cosine-mean/{result.First}") is not { } first || Mean(pictures[k], $"cosine-mean/{result.Second}") is not { } second)
                return "How the cosines of each model spread";
            lifts.Add(matched.Value - unmatched);
            below += matched.Value < Math.Min(first, second) ? 1 : 0;
        }
        string lift = $"matched pairs score {Numbers.Three(lifts.Min())} to {Numbers.Three(lifts.Max())} above unmatched ones";
        string within = $"less than two {Words.Short(result.First)} or two {Words.Short(result.Second)} rows do";
        return below == 0
            ? $"{Words.Capital(lift)}; in no model {within}"
            : $"{Words.Capital(lift)}; in {(below == pictures.Length ? "every model" : $"{below} of {pictures.Length} models")} they score {within}";
    }

    private static double? Mean(RunPicture picture, string key) =>
        picture.Cosines.TryGetValue(key, out Measurement? measured) ? measured.Estimate?.Value : null;
}
