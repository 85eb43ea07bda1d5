using ModalityGap.Report.Charts;
using ModalityGap.Report.Markup;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Figures;

/// <summary>Every correction that was tried, on the same held-out items, beside the placebos and beside filters by modality.</summary>
internal sealed class CandidatesFigure
{
    /// <summary>The best are drawn; the table has all.</summary>
    private const int Best = 14;

    private readonly CorrectionResult result;
    private readonly Row[] rows;

    private CandidatesFigure(CorrectionResult result)
    {
        this.result = result;
        CandidateResult[] tried = [.. result.Candidates.Where(candidate => candidate.Search is not null && candidate.Id != "do-nothing")];
        IEnumerable<CandidateResult> best = tried.Where(candidate => !candidate.IsPlacebo).OrderByDescending(candidate => candidate.Search!.Goal.Value.Value);
        CandidateResult[] shown = [.. best.Where((candidate, k) => k < Best || candidate.Id == result.Advice.Action)];
        rows =
        [
            new("the whole procedure, choice included", result.Nested.Search, result.Nested.Search.Goal, Mark.Square, "strongline"),
            .. shown.Select(candidate => new Row(
                Words.FromId(candidate.Id), candidate.Search, candidate.Search!.Goal,
                Mark.Circle, candidate.Search.LosesPlainRecall ? "second" : "match") { IsAdvised = candidate.Id == result.Advice.Action }),
            .. tried.Where(candidate => candidate.IsPlacebo).Select(candidate => new Row(
                "placebo: " + Words.FromId(candidate.Id), candidate.Search, candidate.Search!.Goal, Mark.Diamond, "other")),
            .. result.Filters.Select(filter => new Row("no correction: " + filter.Label, null, filter.Goal, Mark.Diamond, "other")),
        ];
    }

    private sealed record Row(string Name, SearchResult? Search, ComparedEstimate Goal, Mark Mark, string Look)
    {
        public bool IsAdvised { get; init; }
    }

    private bool IsMixed => result.Nested.Search.Shares.Count > 0;

    private string Goal => IsMixed ? "hit@1, mixed search" : "hit@1, pooled gallery";

    /// <summary>The figure.</summary>
    public static Figure Of(CorrectionResult result) => new CandidatesFigure(result).Compose();

    private Figure Compose() => new()
    {
        Name = "corrections",
        Title = Title(),
        Caption = $"Change against doing nothing in points, with paired intervals: {(IsMixed ? "hit@1 in mixed search at its worst share" : "hit@1 in a gallery of both modalities, a symptom only")}, and R@1 of plain search. "
            + $"Orange loses plain recall beyond doubt. {Words.Capital(result.Protocol)}.",
        Measure = IsMixed ? "mixed-search" : "pooled-hit-at-1",
        IsWide = true,
        Drawing = Draw(),
        Data = new DataTable(
            ["Correction", Goal, "Change", .. Plain().Select(plain => $"R@1 {plain.Query} to {plain.Documents}"), "Procedure ahead by", "Note"],
            [.. result.Candidates.Select(Cells), .. result.Filters.Select(Cells)]),
    };

    private IReadOnlyList<PlainResult> Plain() => result.Nested.Search.Plain;

    private string Title()
    {
        ComparedEstimate goal = result.Nested.Search.Goal;
        int better = result.Candidates.Count(candidate => candidate is { IsPlacebo: false, Search: { LosesPlainRecall: false } search } && search.Goal.Difference.Low > 0);
        int placebos = result.Candidates.Count(candidate => candidate is { IsPlacebo: true, Search.Goal.Difference.Low: > 0 });
        string helped = $"{Words.Capital(Words.Counted(better, "correction"))} of {result.Candidates.Count(candidate => !candidate.IsPlacebo && candidate.Id != "do-nothing")} help without harm to plain search";
        string placebo = placebos == 0 ? "no placebo does" : Words.Counted(placebos, "placebo does", "placebos do");
        return $"{helped}, {placebo}; choosing one by held-out pairs changes {Goal} by {Numbers.Points(goal.Difference.Value)}{Numbers.Interval(goal.Difference, value => Numbers.SignAlways(100 * value, "0.0"))}";
    }

    private Drawing Draw()
    {
        var svg = new SvgWriter();
        var legend = new Legend(svg, 10, 14, ForestPlot.WholeWidth - 24);
        legend.Mark("correction", Mark.Circle, "fill match");
        legend.Mark("loses plain recall", Mark.Circle, "fill second");
        legend.Mark("placebo or filter", Mark.Diamond, "fill other");
        legend.Mark("the whole procedure", Mark.Square, "fill strongline");
        legend.Area("what to do", "band");
        List<ForestPanel> panels = [Panel(Goal, row => row.Goal)];
        for (int k = 0; k < Plain().Count; k++)
        {
            int direction = k;
            panels.Add(Panel($"R@1, {Words.Short(Plain()[k].Query, 12)} to {Words.Short(Plain()[k].Documents, 12)}", row => row.Search?.Plain[direction].RecallAt1));
        }
        var plot = new ForestPlot([.. rows.Select(row => row.Name)], panels)
        {
            FrameWidth = ForestPlot.WholeWidth,
            NameWidth = 420,
            IsMarked = k => rows[k].IsAdvised,
        };
        return svg.ToDrawing(ForestPlot.WholeWidth, plot.Draw(svg, legend.Bottom + 6));
    }

    private ForestPanel Panel(string heading, Func<Row, ComparedEstimate?> number) => new(
        heading, [.. rows.Select(row => (IReadOnlyList<ForestPoint>)(number(row) is { } compared ? [new ForestPoint(compared.Difference.Scaled(100), row.Mark, row.Look)] : []))])
    {
        Line = 0,
        Format = tick => Numbers.SignAlways(tick, "0.#"),
        Unit = "points",
        Empty = "",
    };

    private IReadOnlyList<string> Cells(CandidateResult candidate) => candidate.Search is { } search
        ?
        [
            candidate.Id, Numbers.Of(search.Goal.Value), Numbers.Of(search.Goal.Difference), .. search.Plain.Select(plain => Numbers.Of(plain.RecallAt1.Value)),
            Of(candidate.ProcedureAhead), candidate.IsPlacebo ? "placebo" : search.LosesPlainRecall ? "loses plain recall" : candidate.Id == result.Advice.Action ? "what to do" : "",
        ]
        : [candidate.Id, Numbers.None, Numbers.None, .. Plain().Select(_ => Numbers.None), Numbers.None, candidate.Missing ?? ""];

    private IReadOnlyList<string> Cells(FilterResult filter) =>
        [filter.Label, Numbers.Of(filter.Goal.Value), Numbers.Of(filter.Goal.Difference), .. Plain().Select(_ => Numbers.None), Of(filter.ProcedureAhead), "a filter"];

    private static string Of(Estimate? estimate) => estimate is null ? Numbers.None : Numbers.Of(estimate);
}
