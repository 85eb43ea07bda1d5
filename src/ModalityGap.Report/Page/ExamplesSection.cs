using ModalityGap.Explanations;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>The rows to look at: each list a card, the two directions of search side by side.</summary>
internal sealed class ExamplesSection(PairResult pair, HtmlWriter html, int level, string id, int most)
{
    private int cards;

    /// <summary>Pictures of rows, if any.</summary>
    public PictureStyle? Pictures { get; init; }

    private bool Whole => most >= PairExamples.Listed;

    public void Write()
    {
        if (pair.Examples is not { } examples)
            return;
        using (html.Open("section", ("class", "examples"), ("aria-labelledby", id + "-examples")))
        {
            html.Heading(level, "Examples", ("id", id + "-examples"));
            html.Element(
                "p",
                $"The extremes among {Words.Counted(pair.FirstRows, pair.First + " row")} and {Words.Counted(pair.SecondRows, pair.Second + " row")}, "
                + $"to look at. A cosine here describes one pair and has no interval.{(Whole ? "" : $" {Words.Capital(Words.Spelled(most))} of each list {(most == 1 ? "is" : "are")} shown; the JSON holds more.")}",
                ("class", "reference"));
            using (html.Open("div", ("class", "cards")))
            {
                foreach (SearchExamples search in examples.Searches)
                    Matches(WorstTitle(search), search, search.Worst);
                Impostors(examples.Impostors);
                foreach (SearchExamples search in examples.Searches)
                    Hubs(search);
                foreach (SearchExamples search in examples.Searches)
                    Matches($"{Direction(search)}: partners that come first by most", search, search.Best);
            }
        }
    }

    private static string WorstTitle(SearchExamples search) => search.Worst.Count > 0 && search.Worst[0].Rank > 1
        ? $"{Direction(search)}: partners that come late, down to rank {Numbers.Count(search.Worst[0].Rank)}"
        : $"{Direction(search)}: every partner comes first; these by least";

    private static string Direction(SearchExamples search) => $"{Words.Capital(search.Query)} to {search.Document}";

    private void Matches(string title, SearchExamples search, IReadOnlyList<MatchExample> matches)
    {
        using (Card(title))
        using (Table($"{Words.Capital(search.Query)} that asks", $"Its own {search.Document}", $"Closest wrong {search.Document}"))
            foreach (MatchExample match in matches.Take(most))
                using (html.Open("tr"))
                {
                    Cell(match.Query, search.Query).Write(html, "th");
                    Cell(match.Partner, search.Document, $"rank {Numbers.Count(match.Rank)}, {Cosine(match.Cosine)}", match.Query).Write(html);
                    Cell(match.Rival, search.Document, Cosine(match.RivalCosine)).Write(html);
                }
    }

    private void Impostors(IReadOnlyList<ImpostorExample> impostors)
    {
        using (Card("Closest impostors: they do not belong together, yet lie closest", wide: true))
        using (Table(Words.Capital(pair.First), $"{Words.Capital(pair.Second)} of another item", "Cosine"))
            foreach (ImpostorExample impostor in impostors.Take(most))
                using (html.Open("tr"))
                {
                    Cell(impostor.First, pair.First, Own(pair.Second, impostor.FirstPartnerRank, impostor.FirstPartnerCosine)).Write(html, "th");
                    Cell(impostor.Second, pair.Second, Own(pair.First, impostor.SecondPartnerRank, impostor.SecondPartnerCosine)).Write(html);
                    html.Element("td", Numbers.Three(impostor.Cosine));
                }
    }

    private static string Own(string partner, long rank, double cosine) =>
        $"own {partner}: rank {Numbers.Count(rank)}, {Cosine(cosine)}";

    private static string Cosine(double cosine) => "cosine\u00A0" + Numbers.Three(cosine);

    private void Hubs(SearchExamples search)
    {
        string document = search.Document;
        using (Card($"{Direction(search)}: hubs, shown to more queries than others"))
        {
            if (search.Hubs.Count == 0)
            {
                html.Element("p", $"No {document} stands in the first ten of more than ten queries, the average.");
                return;
            }
            using (Table(Words.Capital(document), "In the first ten of", "Such as those of"))
                foreach (HubExample hub in search.Hubs.Take(most))
                    using (html.Open("tr"))
                    {
                        Cell(hub.Document, document).Write(html, "th");
                        html.Element("td", Words.Counted(hub.Lists, "query", "queries"));
                        using (html.Open("td"))
                            foreach (ExampleRow query in hub.Queries)
                                Cell(query, search.Query).Name(html);
                    }
        }
    }

    private ExampleCell Cell(ExampleRow row, string modality, string? number = null, ExampleRow? beside = null) =>
        new(row, number, beside) { IsRoomy = Whole, Picture = Pictures?.Look(modality, row.Row) };

    private MarkupWriter.Scope Card(string title, bool wide = false)
    {
        string heading = $"{id}-examples-{++cards}";
        MarkupWriter.Scope card = html.Open("section", ("class", wide ? "card wide" : "card"), ("aria-labelledby", heading));
        html.Heading(level + 1, title, ("id", heading));
        return card;
    }

    private Rows Table(params ReadOnlySpan<string> columns)
    {
        MarkupWriter.Scope table = html.Open("table", ("class", "rows"));
        using (html.Open("thead"))
        using (html.Open("tr"))
            foreach (string column in columns)
                html.Element("th", column, ("scope", "col"));
        return new Rows(table, html.Open("tbody"));
    }

    /// <summary>Closes the body of a table, then the table.</summary>
    private readonly struct Rows(MarkupWriter.Scope table, MarkupWriter.Scope body) : IDisposable
    {
        public void Dispose()
        {
            body.Dispose();
            table.Dispose();
        }
    }
}
