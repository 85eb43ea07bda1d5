using ModalityGap.Measures;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>Search across the modalities in both directions, in a gallery of one kind and in one that holds everything of both.</summary>
internal sealed class RetrievalFigure
{
    private static readonly (string Id, string Name)[] Numbered =
    [
        ("recall-at-1", "R@1"), ("recall-at-5", "R@5"), ("recall-at-10", "R@10"), ("mean-reciprocal-rank", "MRR"),
    ];

    private readonly PairResult pair;
    private readonly PairNames names;
    private readonly IReadOnlyList<Row> rows;

    private RetrievalFigure(PairResult pair)
    {
        this.pair = pair;
        names = new PairNames(pair);
        string there = $"{pair.First}-to-{pair.Second}", back = $"{pair.Second}-to-{pair.First}";
        Row[] all =
        [
            .. Numbered.Select(number => new Row(number.Name, Of(number.Id, there), Of(number.Id, back))),
            new("R@1 among rows of both kinds", Of("pooled-hit-at-1", pair.First), Of("pooled-hit-at-1", pair.Second)),
        ];
        rows = [.. all.Where(row => row.There is not null || row.Back is not null)];
    }

    private sealed record Row(string Name, Estimate? There, Estimate? Back);

    /// <summary>The figure, or <c>null</c> where nothing was searched.</summary>
    public static Figure? Of(PairResult pair)
    {
        var figure = new RetrievalFigure(pair);
        return figure.rows.Count == 0 ? null : figure.Compose();
    }

    private Figure Compose() => new()
    {
        Name = "retrieval",
        Title = Title(),
        Caption = $"Every row asks for its partner; a document of the same score counts as ahead. The dotted line is chance, one in {Numbers.Count(pair.Items)}."
            + (rows.Any(row => row.Name.StartsWith("R@1 among", StringComparison.Ordinal)) ? " Where the gallery holds rows of both kinds, those of the query's own kind stand in the way." : ""),
        Measure = "recall-at-1",
        Drawing = Draw(),
        Data = new DataTable(
            ["Number", names.FirstToSecond, names.SecondToFirst],
            [.. rows.Select(row => (IReadOnlyList<string>)[row.Name, Cell(row.There), Cell(row.Back)])]),
    };

    private string Title()
    {
        string there = $"{pair.First}-to-{pair.Second}", back = $"{pair.Second}-to-{pair.First}";
        return Of("recall-at-1", there) is { } one && Of("recall-at-1", back) is { } two
            ? $"Plain search finds the right {pair.Second} first for {Numbers.Percent(one.Value)} of {pair.First} queries, and the right {pair.First} for {Numbers.Percent(two.Value)} of {pair.Second} queries"
            : "Plain search across the modalities";
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, 10, 14, ForestPlot.Width - 24);
        legend.Mark(names.FirstToSecond, Mark.Circle, "fill first");
        legend.Mark(names.SecondToFirst, Mark.Diamond, "fill second");
        var panel = new ForestPanel("", [.. rows.Select(row => (IReadOnlyList<ForestPoint>)[.. Points(row)])])
        {
            Domain = (0, 1.06),
            Line = 1.0 / pair.Items,
            Format = Numbers.Percent,
        };
        return svg.ToDrawing(ForestPlot.Width, new ForestPlot([.. rows.Select(row => row.Name)], [panel]) { NameWidth = 230 }.Draw(svg, legend.Bottom - 4));
    }

    private static IEnumerable<ForestPoint> Points(Row row)
    {
        if (row.There is { } there)
            yield return new ForestPoint(there, Mark.Circle, "first");
        if (row.Back is { } back)
            yield return new ForestPoint(back, Mark.Diamond, "second");
    }

    private Estimate? Of(string id, string subject) =>
        pair.Measures.TryGetValue($"{id}/{subject}", out Measurement? measured) ? measured.Estimate : null;

    private static string Cell(Estimate? estimate) => estimate is null ? Numbers.None : Numbers.Of(estimate);
}
