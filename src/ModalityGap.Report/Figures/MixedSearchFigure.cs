using ModalityGap.Measures;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>Search in galleries that mix two modalities: hit@1 by the share of the first, beside the two controls.</summary>
internal sealed class MixedSearchFigure
{
    private const double Width = 540, Left = 46, Right = 14, PlotHeight = 220, Bottom = 48;

    private readonly MixedSearchTable table;
    private readonly IReadOnlyList<(string Name, IReadOnlyList<MixedSearchRow> Rows, Mark Mark, string Look)> arms;

    private MixedSearchFigure(MixedSearchTable table)
    {
        this.table = table;
        string first = Words.Short(table.First), second = Words.Short(table.Second);
        arms =
        [
            ("ranked by cosine", table.Raw, Mark.Square, "strongline"),
            ($"control: {first} first", table.FirstModalityFirst, Mark.Circle, "first"),
            ($"control: {second} first", table.SecondModalityFirst, Mark.Diamond, "second"),
        ];
    }

    /// <summary>The figure, or <c>null</c> where no share was tried.</summary>
    public static Figure? Of(MixedSearchTable table) => table.Raw.Count == 0 ? null : new MixedSearchFigure(table).Compose();

    private Figure Compose() => new()
    {
        Name = "mixed-search",
        Title = Title(),
        Caption = $"Queries by {table.Query}, in galleries of {Words.Counted(table.Items, "document")}, one per item, each share over "
            + $"{Words.Counted(table.Galleries, "random gallery", "random galleries")}; the controls put every document of one modality first. A correction must beat both.",
        Measure = "mixed-search",
        Drawing = Draw(),
        Data = new DataTable(
            ["Ranking", $"Share of {table.First}", "hit@1", "hit@10", "MRR", "NDCG@10", $"{table.First} among the top 10"],
            [.. arms.SelectMany(arm => arm.Rows.Select(row => (IReadOnlyList<string>)[
                arm.Name, Numbers.Percent(row.Share), Numbers.Of(row.HitAt1), Numbers.Of(row.HitAt10), Numbers.Of(row.MeanReciprocalRank),
                Numbers.Of(row.NdcgAt10), Numbers.Of(row.FirstModalityShareOfTop10)]))]),
    };

    private string Title()
    {
        string hit = $"In an index that mixes {table.First} and {table.Second}, the right document comes first in {Numbers.Percent(table.WorstShareHitAt1.Value)} of searches at the worst share "
            + $"({Numbers.Percent(table.WorstShare)} {table.First})";
        return table.LossFromMixing is { Low: > 0 }
            ? $"{hit}; mixing costs {Numbers.Points(table.LossFromMixing.Value).TrimStart('+')}"
            : $"{hit}; mixing costs nothing beyond noise";
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, Left, 14, Width - Left - Right);
        foreach ((string name, _, Mark mark, string look) in arms)
            legend.Mark(name, mark, "fill " + look);
        double top = legend.Bottom + 10;
        var panel = new Panel(svg, new Scale(-0.04, 1.04, Left, Width - Right), new Scale(0, 1, top + PlotHeight, top));
        panel.VerticalAxis(5, Numbers.Percent);
        foreach ((_, IReadOnlyList<MixedSearchRow> rows, Mark mark, string look) in arms.Reverse())
        {
            // Where one modality outranks the other as a whole, the ranking is its control: that one must still show beneath.
            bool control = look != "strongline";
            panel.Curve(rows.Select(row => (row.Share, row.HitAt1.Value)), control ? "wide " + look : look);
            foreach (MixedSearchRow row in rows)
            {
                if (row.HitAt1 is { Low: { } low, High: { } high })
                    panel.Column(row.Share, low, high, look);
                svg.DrawMark(mark, panel.X[row.Share], panel.Y[panel.Y.Clamp(row.HitAt1.Value)], control ? 6 : 3.6, "fill " + look);
            }
        }
        panel.HorizontalAxis(4, $"share of {Words.Short(table.First)} in the index; vertical axis: hit@1", Numbers.Percent);
        return svg.ToDrawing(Width, top + PlotHeight + Bottom);
    }
}
