using ModalityGap.Measures;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>Search across the modalities in both directions, in a gallery of one kind and in one that holds everything of both.</summary>
internal sealed class RetrievalFigure
{
    private const double Width = 540, Left = 178, NarrowLeft = 66, Right = 26;

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
            new("R@1 among all rows, both kinds", Of("pooled-hit-at-1", pair.First), Of("pooled-hit-at-1", pair.Second)),
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
        var legend = new Legend(svg, 14, 14, Width - 14 - Right);
        legend.Mark(names.FirstToSecond, Mark.Circle, "fill first");
        legend.Mark(names.SecondToFirst, Mark.Diamond, "fill second");
        var column = new IntervalColumn("", [.. rows.Select(row => (IReadOnlyList<IntervalCell>)[.. Cells(row)])])
        {
            Domain = (0, 1),
            Reference = 1.0 / pair.Items,
            Format = Numbers.Percent,
        };
        double bottom = new IntervalRows(svg, [.. rows.Select(row => row.Name)]) { Left = rows.Any(row => row.Name.Length > 6) ? Left : NarrowLeft, Right = Width - Right, RowHeight = 38, LongestName = 22 }
            .Draw(legend.Bottom + 8, column);
        return svg.ToDrawing(Width, bottom + 6);
    }

    private static IEnumerable<IntervalCell> Cells(Row row)
    {
        if (row.There is { } there)
            yield return IntervalCell.Of(there, Mark.Circle, "first");
        if (row.Back is { } back)
            yield return IntervalCell.Of(back, Mark.Diamond, "second");
    }

    private Estimate? Of(string id, string subject) =>
        pair.Measures.TryGetValue($"{id}/{subject}", out Measurement? measured) ? measured.Estimate : null;

    private static string Cell(Estimate? estimate) => estimate is null ? Numbers.None : Numbers.Of(estimate);
}
