using ModalityGap.Comparisons;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>One number of every model, and what it is less the reference's: two panels on the same rows.</summary>
internal sealed class NumberFigure
{
    private readonly ComparedModels models;
    private readonly string key;
    private readonly RunResult[] others;

    private NumberFigure(ComparedModels models, string key)
    {
        this.models = models;
        this.key = key;
        others = [.. models.Order.Where(run => run.Name != models.Reference)];
    }

    public static Figure Of(ComparedModels models, string key) => new NumberFigure(models, key).Compose();

    private Figure Compose() => new()
    {
        Name = "number-" + Words.Kebab(key),
        Title = Title(),
        Caption = $"Left each model’s number with its own interval; right the same less the reference {models.Said(models.Reference)}, with "
            + $"the paired interval, which decides.",
        Measure = NumberNames.Id(key),
        Drawing = Draw(),
        Data = new DataTable(
            ["Model", models.Names.Full(key), $"Less {models.Reference}", "Beyond the paired interval", "n", "How"],
            [.. models.Order.Select(Row)]),
    };

    private string Title()
    {
        string name = models.Names.Full(key);
        string[] above = Names(1), below = Names(-1), level = [.. others.Where(run => Less(run) is not null).Select(run =>
            run.Name).Except(above).Except(below)];
        string reference = models.Said(models.Reference);
        if (above.Length + below.Length + level.Length == 0)
            return $"{name}: nothing can be subtracted";
        if (above.Length + below.Length == 0)
            return $"{name}: {(others.Length == 1 ? $"{models.Said(others[0].Name)} cannot be told from {reference}" : $"no model can be told from {reference}")}";
        List<string> parts = [];
        if (above.Length > 0)
            parts.Add($"{models.Listed(above)} {(above.Length == 1 ? "lies" : "lie")} above {reference}");
        if (below.Length > 0)
            parts.Add($"{models.Listed(below)} {(below.Length == 1 ? "lies" : "lie")} below{(above.Length > 0 ? "" : " " + reference)}");
        if (level.Length > 0)
            parts.Add($"{models.Listed(level)} cannot be told from it");
        return $"{name}: {string.Join("; ", parts)}";
    }

    private string[] Names(int side) => [.. others.Where(run => ComparedModels.Side(Less(run)) == side && side != 0).Select(run => run.Name)];

    private Estimate? Less(RunResult run) => models.Difference(run.Name, models.Reference, key);

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, 10, 14, ForestPlot.Width - 24);
        legend.Mark("reference", Mark.Diamond, "fill strongline");
        legend.Mark("beyond the paired interval", Mark.Circle, "fill first");
        legend.Mark("not told from the reference", Mark.Square, "fill other");
        string reference = TextWidth.Of(models.Reference, TextWidth.LargestLabel) <= 100 ? models.Reference : "the reference";
        double bottom = new ForestPlot(
            models.Shown,
            [
                new ForestPanel(models.Names.Brief(key), [.. models.Order.Select(run => Points(run, ComparedModels.Value(run, key).Estimate))])
                {
                    Line = ComparedModels.Value(models.Order.First(run => run.Name == models.Reference), key).Estimate?.Value,
                    Highest = IsShare ? 1 : double.PositiveInfinity,
                },
                new ForestPanel($"less {reference}", [.. models.Order.Select(run => Points(run, run.Name == models.Reference ? Nothing(run) : Less(run)))])
                {
                    Line = 0,
                    IsDifference = true,
                },
            ]).Draw(svg, legend.Bottom + 6);
        return svg.ToDrawing(ForestPlot.Width, bottom);
    }

    private bool IsShare => NumberNames.Id(key) is "separability-accuracy" or "recall-at-1" or "recall-at-10" or "mixed-search";

    private Estimate? Nothing(RunResult run) =>
        ComparedModels.Value(run, key).Estimate is { } own ? Estimate.Exact(0, "the reference", own.Count) : null;

    private IReadOnlyList<ForestPoint> Points(RunResult run, Estimate? estimate)
    {
        if (estimate is null)
            return [];
        if (run.Name == models.Reference)
            return [new ForestPoint(estimate, Mark.Diamond, "strongline")];
        return ComparedModels.Side(Less(run)) == 0
            ? [new ForestPoint(estimate, Mark.Square, "other")]
            : [new ForestPoint(estimate, Mark.Circle, "first")];
    }

    private IReadOnlyList<string> Row(RunResult run)
    {
        Measures.Measurement value = ComparedModels.Value(run, key);
        if (value.Estimate is not { } own)
            return [run.Name, Numbers.None, Numbers.None, Numbers.None, Numbers.None, value.Missing ?? ""];
        Estimate? less = Less(run);
        return
        [
            run.Name,
            Numbers.Of(own),
            less is null ? Numbers.None : Numbers.Difference(less),
            run.Name == models.Reference ? "the reference" : less is null ? Numbers.None : ComparedModels.Side(less) switch { 1 => "above", -1 =>
                "below", _ => "no" },
            Numbers.Count(own.Count),
            less?.Method ?? own.Method,
        ];
    }
}
