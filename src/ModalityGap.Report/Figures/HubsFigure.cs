using ModalityGap.Explanations;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Figures;

/// <summary>The documents that stand in the most queries' first ten, in both directions.</summary>
internal sealed class HubsFigure
{
    private const double Width = 540, Left = 228, Right = 44, RowHeight = 17;

    private const int LongestName = 20, Shown = 6;

    private readonly IReadOnlyList<SearchExamples> searches;
    private readonly PairResult pair;

    private HubsFigure(PairResult pair, PairExamples examples) =>
        (this.pair, searches) = (pair, [.. examples.Searches.Where(search => search.Hubs.Count > 0)]);

    /// <summary>The figure, or <c>null</c> where no document is shown more often than others.</summary>
    public static Figure? Of(PairResult pair) => pair.Examples is { } examples && examples.Searches.Any(search => search.Hubs.Count > 0)
        ? new HubsFigure(pair, examples).Compose()
        : null;

    private Figure Compose() => new()
    {
        Name = "hubs",
        Title = Title(),
        Caption = "Hubs: the documents that stand in the first ten of the most queries. The dotted line is the average, ten.",
        Measure = "hubness-largest-count",
        Drawing = Draw(),
        Data = new DataTable(
            ["Document", "Asked by", "Queries"],
            [.. searches.SelectMany(search => search.Hubs.Select(hub => (IReadOnlyList<string>)[hub.Document.Name, search.Query, Numbers.Count(hub.Lists)]))]),
    };

    private string Title()
    {
        SearchExamples worst = searches.MaxBy(search => search.Hubs[0].Lists)!;
        HubExample hub = worst.Hubs[0];
        return $"One {worst.Document} stands in the first ten of {Numbers.Count(hub.Lists)} of {Numbers.Count(pair.Items)} {worst.Query} queries; the average is ten";
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        double top = 16, most = searches.Max(search => search.Hubs[0].Lists);
        var x = new Scale(0, most, Left, Width - Right);
        foreach (SearchExamples search in searches)
        {
            string look = search.Document == pair.First ? "first" : "second";
            svg.Label(14, top, $"{Words.Capital(Words.Short(search.Document))}, asked for by {Words.Short(search.Query)}", "heading");
            double first = top + 8;
            foreach (HubExample hub in search.Hubs.Take(Shown))
            {
                top += RowHeight;
                svg.Label(Left - 10, top + 4, Words.Short(hub.Document.Name, LongestName), "label end");
                svg.Rectangle(Left, top - 5, x[hub.Lists] - Left, 11, "fill " + look);
                svg.Label(x[hub.Lists] + 5, top + 4, Numbers.Count(hub.Lists), "tick");
            }
            svg.Line(x[10], first, x[10], top + 8, "reference");
            top += 34;
        }
        return svg.ToDrawing(Width, top - 14);
    }
}
