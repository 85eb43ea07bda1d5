using ModalityGap.Comparisons;
using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Selection;
using Spectre.Console;

namespace ModalityGap.Cli.Rendering;

/// <summary>A result for the terminal: what to know first, then what to do, then the numbers.</summary>
internal sealed class TableRenderer(IAnsiConsole console, bool everyMeasure)
{
    /// <summary>How many models stand side by side with their intervals.</summary>
    private const int ModelsAcross = 3;

    public void Render(AnalysisResult result)
    {
        console.MarkupLine($"[grey]{Markup.Escape(result.Detected)}[/]");
        Findings(result.Findings);
        if (result.Pairs.Count > 1)
            Matrix(GapMatrix.Names(result), GapMatrix.Rows(result));
        foreach (PairResult pair in result.Pairs)
            Pair(pair);
        foreach (MixedSearchTable table in result.MixedSearch)
            Mixed(table);
    }

    public void Render(LinearResult result)
    {
        console.MarkupLine($"[grey]{Markup.Escape(result.Detected)}[/]");
        Findings(result.Findings);
        if (result.Pairs.Count > 1)
            Matrix(GapMatrix.Names(result), GapMatrix.Rows(result));
        foreach (LinearPair pair in result.Pairs)
        {
            Title(Wording.Pair(pair));
            Verdict(pair.Verdict);
            Findings(pair.Findings);
            Measures(pair.Measures);
            if (pair.Groups is { Count: > 0 } groups)
                Rows(LinearTables.GroupHead, LinearTables.Groups(groups));
            if (pair.Sample is { } sample)
                Sample(sample, pair.Items);
        }
        Line($"[grey]{Markup.Escape(Wording.OnePass(result))}[/]", 0);
    }

    public void Render(CorrectionResult result)
    {
        console.MarkupLine($"[grey]{Markup.Escape(result.Detected)}[/]");
        Title(CorrectionTables.Title(result));
        Line($"[bold]{Markup.Escape(result.Advice.Headline)}[/]", 0);
        Bullets([result.Advice.Gain, result.Advice.Harm, result.Advice.Condition]);
        if (result.ZeroShot is { } classified)
            Bullets([CorrectionTables.InWords(classified)]);
        Findings(result.Findings);
        Candidates(CorrectionTables.ShortHead(result), CorrectionTables.Shortlist(result));
        if (CorrectionTables.Hidden(result) is > 0 and int hidden)
            Line($"[grey]{hidden} more corrections with --format md, csv or json; 'modgap explain' says what each one is.[/]", 0);
        if (result.SampleSizes.Count > 0)
            Rows([$"{result.SampleSizesOf} fitted on", CorrectionTables.Goal(result), "difference"], CorrectionTables.SampleSizes(result));
        Line($"[grey]{Markup.Escape(Sentence(result.Protocol))} {Markup.Escape(result.Rule)}[/]", 0);
    }

    public void Render(EvaluationResult result)
    {
        console.MarkupLine($"[grey]{Markup.Escape(result.Detected)}[/]");
        Findings(result.Findings);
        foreach (EvaluationSection section in EvaluationTables.Of(result))
        {
            Title(section.Title);
            Rows(section.Head, section.Rows);
            if (section.Note.Length > 0)
                Line($"[grey]{Markup.Escape(section.Note)}[/]", 0);
        }
        foreach (MissingPart part in result.Missing)
            Line($"[grey]not evaluated: {Markup.Escape(part.Part)}. {Markup.Escape(part.Reason)}[/]", 0);
    }

    public void Render(ComparisonResult result)
    {
        console.MarkupLine($"[grey]{Markup.Escape(result.Detected)}[/]");
        Findings(result.Findings);
        Title(ComparisonTables.RankingTitle(result));
        Line($"[bold]{Markup.Escape(result.Ranking.Sentence)}[/]", 0);
        Rows(ComparisonTables.RankingHead(result), ComparisonTables.Ranking(result));
        Line($"[grey]{Markup.Escape(ComparisonTables.AboutGroups)}[/]", 0);
        Title("Numbers");
        foreach (RunResult[] some in result.Runs.Chunk(ModelsAcross))
            Rows(["Measure", .. some.Select(run => run.Name)], ComparisonTables.Numbers(result, some));
        string reference = result.Runs[0].Name;
        Title($"Differences from {reference}");
        foreach (RunDifference[] some in result.Differences.Where(difference => difference.Against == reference).Chunk(ModelsAcross))
            Rows(["Measure", .. some.Select(difference => difference.Run)], ComparisonTables.Differences(result, some));
        if (result.Ranking.Places[0].Run is var best && best != reference)
            Line($"[grey]{Markup.Escape($"Differences from {best}: --format md, json or csv.")}[/]", 0);
        Title(ComparisonTables.AssociationTitle);
        if (!ComparisonTables.HasAssociations(result))
        {
            Line(Markup.Escape(ComparisonTables.TooFewModels), 0);
            return;
        }
        Bullets(result.Associations.Select(ComparisonTables.Sentence));
        Rows(ComparisonTables.AssociationHead, ComparisonTables.Associations(result));
        Line($"[grey]{Markup.Escape(ComparisonTables.AboutAssociations)}[/]", 0);
    }

    public void Render(CheckResult result)
    {
        console.MarkupLine($"[grey]{Markup.Escape(result.Detected)}[/]");
        if (result.Baseline is { } baseline)
            Line($"[grey]{Markup.Escape(CheckTables.About(baseline))}[/]", 0);
        Findings(result.Findings);
        Line($"[bold {(result.Passed ? "green" : "red")}]{Markup.Escape(CheckTables.Title(result))}[/]", 0);
        Bullets(result.Criteria.Select(criterion => CheckTables.Sentence(result, criterion)));
        Rows(CheckTables.Head, CheckTables.Criteria(result));
        Line($"[grey]{Markup.Escape(CheckTables.About(result.Rule))}[/]", 0);
        Rows(CheckTables.NumbersHead(result), CheckTables.Numbers(result));
    }

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}.";

    // A composition's name breaks between its parts, and the note stands below it: beside the numbers there is no room.
    private void Candidates(string[] head, IEnumerable<string[]> rows)
    {
        Table table = NewTable(head[0], head[1..^1]);
        foreach (TableColumn column in table.Columns)
            column.NoWrap = true;
        foreach (string[] row in rows)
        {
            string note = row[^1].Length == 0 ? "" : $"\n  [grey]{Markup.Escape(Broken(row[^1]))}[/]";
            table.AddRow([Markup.Escape(Broken(row[0])) + note, .. row[1..^1].Select(Value)]);
        }
        console.Write(table);
    }

    private static string Broken(string names) =>
        names.Replace("+", "\n  + ", StringComparison.Ordinal).Replace(", ", ",\n  ", StringComparison.Ordinal);

    private void Rows(string[] head, IEnumerable<string[]> rows)
    {
        Table table = NewTable(head[0], head[1..]);
        foreach (string[] row in rows)
            table.AddRow([Markup.Escape(row[0]), .. row.Skip(1).Select(Value)]);
        console.Write(table);
    }

    private void Sample(LinearSample sample, long items)
    {
        Title(LinearTables.SampleTitle(sample, items));
        Thresholds(sample.Thresholds);
        if (sample.MixedSearch is { } mixed)
            Mixed(mixed);
        Measures(sample.Measures);
        Line($"[grey]{Markup.Escape(LinearTables.AboutSample(sample))}[/]", 0);
    }

    private void Matrix(string[] names, IEnumerable<string[]> rows)
    {
        Table table = NewTable("Gap between", names);
        foreach (string[] row in rows)
            table.AddRow([Markup.Escape(row[0]), .. row.Skip(1).Select(Value)]);
        console.Write(table);
    }

    private void Pair(PairResult pair)
    {
        Title(Wording.Pair(pair));
        Verdict(pair.Verdict);
        Advice(pair.Recommendation);
        Findings(pair.Findings);
        Thresholds(pair.Thresholds);
        if (pair.MixedSearch is { } mixed)
            Mixed(mixed);
        Measures(pair.Measures);
    }

    private void Title(string text)
    {
        console.WriteLine();
        console.Write(new Rule($"[bold]{Markup.Escape(text)}[/]") { Justification = Justify.Left, Style = new Style(Color.Grey) });
    }

    private void Verdict(Verdict verdict)
    {
        string colour = verdict.Band switch
        {
            "severe" => "red",
            "moderate" => "yellow",
            _ => "green",
        };
        Line($"[bold {colour}]{Markup.Escape(verdict.Headline)}[/]", 0);
        Bullets(verdict.Sentences);
    }

    private void Advice(Recommendation recommendation)
    {
        console.WriteLine();
        Line($"[bold]What to do: {Markup.Escape(recommendation.Headline)}[/]", 0);
        Bullets([recommendation.Gain, recommendation.Harm, recommendation.Condition]);
    }

    private void Thresholds(ThresholdTable thresholds)
    {
        Table table = NewTable("Threshold", "cosine", "recall", "precision");
        foreach (ThresholdRow row in thresholds.Rows)
            table.AddRow(
                Markup.Escape(Wording.Rule(row)), Value(Numbers.Both(row.Cosine)), Value(Numbers.Both(row.Recall)), Value(Numbers.Both(row.Precision)));
        console.Write(table);
        Line($"[grey]Precision at a prevalence of {Numbers.Percent(thresholds.Prevalence)}: {Markup.Escape(thresholds.PrevalenceSource)}. "
            + $"{Markup.Escape(thresholds.Note)}[/]", 0);
    }

    private void Measures(IReadOnlyDictionary<string, Measurement> measures)
    {
        Table table = NewTable("Measure", "of", "value", "95 % interval");
        int shown = 0;
        foreach (MeasureFamily family in MeasureCatalog.Families)
        {
            Measurement[] measurements = [.. Wording.Shown(measures, family, everyMeasure)];
            if (measurements.Length > 0 && everyMeasure)
                table.AddRow($"[bold]{Markup.Escape(family.Name)}[/]", "", "", "");
            string? previous = null;
            foreach (Measurement measurement in measurements)
            {
                string name = measurement.Id == previous ? "" : Wording.Name(measurement.Id);
                previous = measurement.Id;
                if (measurement.Estimate is { } estimate)
                    table.AddRow(
                        Markup.Escape(name), Markup.Escape(measurement.Subject ?? ""), Numbers.Short(estimate.Value), Value(Numbers.Interval(estimate)));
                else
                    table.AddRow(Markup.Escape(name), Markup.Escape(measurement.Subject ?? ""), "-", $"[grey]{Markup.Escape(measurement.Missing ?? "")}[/]");
            }
            shown += measurements.Length;
        }
        console.Write(table);
        int hidden = measures.Count - shown;
        if (hidden > 0)
            Line($"[grey]{hidden} more numbers with --all or --format json; 'modgap explain' says what each one is.[/]", 0);
    }

    private void Mixed(MixedSearchTable mixed)
    {
        console.WriteLine();
        console.Write(new Rule($"[bold]Mixed search: {Markup.Escape($"{mixed.Query} against {mixed.First} and {mixed.Second}")}[/]")
        {
            Justification = Justify.Left,
            Style = new Style(Color.Grey),
        });
        Line(Markup.Escape(
            $"At worst ({Wording.Share(mixed, mixed.WorstShare)}) the right document comes first for {Numbers.Percent(mixed.WorstShareHitAt1.Value)} of the queries."), 0);
        Table table = NewTable("Documents", "hit@1", "hit@10", "NDCG@10", $"{mixed.First} in top 10");
        foreach (MixedSearchRow row in mixed.Raw)
            table.AddRow(
                Markup.Escape(Wording.Share(mixed, row.Share)),
                Value(Numbers.Both(row.HitAt1)),
                Numbers.Short(row.HitAt10.Value),
                Numbers.Short(row.NdcgAt10.Value),
                Numbers.Percent(row.FirstModalityShareOfTop10.Value));
        console.Write(table);
    }

    private void Findings(IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings)
            Line(finding.Severity == FindingSeverity.Warning
                ? $"[yellow]warning: {Markup.Escape(finding.Message)}[/]"
                : $"[grey]note: {Markup.Escape(finding.Message)}[/]", 0);
    }

    private void Bullets(IEnumerable<string> sentences)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 1, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (string sentence in sentences.Where(sentence => sentence.Length > 0))
            grid.AddRow("-", Markup.Escape(sentence));
        console.Write(grid);
    }

    private void Line(string markup, int indent) => console.Write(new Padder(new Markup(markup), new Padding(indent, 0, 0, 0)));

    // The number stands out, its interval steps back.
    private static string Value(string text)
    {
        int bracket = text.IndexOf(" [", StringComparison.Ordinal) is var blank and >= 0 ? blank + 1 : text.StartsWith('[') ? 0 : -1;
        return bracket < 0 ? Markup.Escape(text) : $"{text[..bracket]}[grey]{Markup.Escape(text[bracket..])}[/]";
    }

    private static Table NewTable(string first, params string[] others)
    {
        var table = new Table { Border = TableBorder.Simple, BorderStyle = new Style(Color.Grey), Expand = false };
        table.AddColumn(new TableColumn($"[bold]{Markup.Escape(first)}[/]"));
        foreach (string other in others)
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(other)}[/]"));
        return table;
    }
}
