using ModalityGap.Comparisons;
using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;

namespace ModalityGap.Cli.Rendering;

/// <summary>A result as Markdown, for a pull request or a wiki.</summary>
internal sealed class MarkdownRenderer(TextWriter writer, bool everyMeasure)
{
    public void Render(AnalysisResult result)
    {
        writer.WriteLine("# Modality gap");
        Paragraph(result.Detected);
        Findings(result.Findings);
        if (result.Pairs.Count > 1)
            Table(["gap between", .. GapMatrix.Names(result)], GapMatrix.Rows(result));
        foreach (PairResult pair in result.Pairs)
            Pair(pair);
        foreach (MixedSearchTable table in result.MixedSearch)
            Mixed(table);
        Paragraph($"{result.Tool}, seed {result.Parameters.Seed}");
    }

    public void Render(LinearResult result)
    {
        writer.WriteLine("# Modality gap");
        Paragraph(result.Detected);
        Findings(result.Findings);
        if (result.Pairs.Count > 1)
            Table(["gap between", .. GapMatrix.Names(result)], GapMatrix.Rows(result));
        foreach (LinearPair pair in result.Pairs)
        {
            Heading("##", Wording.Pair(pair));
            Verdict(pair.Verdict);
            Findings(pair.Findings);
            Measures(pair.Measures);
            if (pair.Groups is { Count: > 0 } groups)
                Table(LinearTables.GroupHead, LinearTables.Groups(groups));
            if (pair.Sample is { } sample)
                Sample(sample, pair.Items);
        }
        Paragraph(Wording.OnePass(result));
        Paragraph($"{result.Tool}, seed {result.Parameters.Seed}");
    }

    public void Render(CorrectionResult result)
    {
        writer.WriteLine("# Correction");
        Paragraph(result.Detected);
        Findings(result.Findings);
        Heading("##", CorrectionTables.Title(result));
        Paragraph(result.Advice.Headline);
        Paragraph(string.Join(' ', result.Advice.Gain, result.Advice.Harm, result.Advice.Condition).Trim());
        if (result.ZeroShot is { } classified)
            Paragraph(CorrectionTables.InWords(classified));
        Table(CorrectionTables.Head(result), CorrectionTables.Candidates(result));
        if (result.SampleSizes.Count > 0)
            Table([$"{result.SampleSizesOf} fitted on", CorrectionTables.Goal(result), "difference"], CorrectionTables.SampleSizes(result));
        Paragraph($"Protocol: {result.Protocol}. {result.Rule}");
        Paragraph($"{result.Tool}, seed {result.Seed}");
    }

    public void Render(EvaluationResult result)
    {
        writer.WriteLine("# Evaluation");
        Paragraph(result.Detected);
        Paragraph(EvaluationTables.Title(result));
        Findings(result.Findings);
        foreach (EvaluationSection section in EvaluationTables.Of(result))
        {
            Heading("##", section.Title);
            Table(section.Head, section.Rows);
            if (section.Note.Length > 0)
                Paragraph(section.Note);
        }
        foreach (MissingPart part in result.Missing)
            Paragraph($"Not evaluated: {part.Part}. {part.Reason}");
        Paragraph($"{result.Tool}, seed {result.Seed}");
    }

    public void Render(ComparisonResult result)
    {
        writer.WriteLine("# Models compared");
        Paragraph(result.Detected);
        Findings(result.Findings);
        Heading("##", ComparisonTables.RankingTitle(result));
        Paragraph(result.Ranking.Sentence);
        Table(ComparisonTables.RankingHead(result), ComparisonTables.Ranking(result));
        Paragraph(ComparisonTables.AboutGroups);
        Heading("##", "Numbers");
        Table(["measure", .. result.Runs.Select(run => run.Name)], ComparisonTables.Numbers(result, result.Runs));
        foreach (IGrouping<string, RunDifference> against in result.Differences.GroupBy(difference => difference.Against))
        {
            Heading("##", $"Differences from {against.Key}");
            Table(["measure", .. against.Select(difference => difference.Run)], ComparisonTables.Differences(result, [.. against]));
        }
        Heading("##", ComparisonTables.AssociationTitle);
        if (ComparisonTables.HasAssociations(result))
            Associations(result);
        else
            Paragraph(ComparisonTables.TooFewModels);
        Paragraph($"{result.Tool}, seed {result.Seed}");
    }

    private void Associations(ComparisonResult result)
    {
        writer.WriteLine();
        foreach (GapAssociation association in result.Associations)
            writer.WriteLine($"- {Escape(ComparisonTables.Sentence(association))}");
        Table(ComparisonTables.AssociationHead, ComparisonTables.Associations(result));
        Paragraph(ComparisonTables.AboutAssociations);
    }

    public void Render(CheckResult result)
    {
        writer.WriteLine($"# {CheckTables.Title(result)}");
        Paragraph(result.Detected);
        if (result.Baseline is { } baseline)
            Paragraph(CheckTables.About(baseline));
        Findings(result.Findings);
        Table(CheckTables.Head, CheckTables.Criteria(result));
        writer.WriteLine();
        foreach (CriterionResult criterion in result.Criteria)
            writer.WriteLine($"- {Escape(CheckTables.Sentence(result, criterion))}");
        Paragraph(CheckTables.About(result.Rule));
        Table(CheckTables.NumbersHead(result), CheckTables.Numbers(result));
        Paragraph($"{result.Tool}, seed {result.Seed}");
    }

    private void Verdict(Verdict verdict)
    {
        writer.WriteLine();
        writer.WriteLine($"**{Escape(verdict.Headline)}**");
        writer.WriteLine();
        foreach (string sentence in verdict.Sentences)
            writer.WriteLine($"- {Escape(sentence)}");
    }

    private void Pair(PairResult pair)
    {
        Heading("##", Wording.Pair(pair));
        Verdict(pair.Verdict);
        Findings(pair.Findings);
        Heading("###", "What to do");
        Paragraph(pair.Recommendation.Headline);
        Paragraph(string.Join(' ', pair.Recommendation.Gain, pair.Recommendation.Harm, pair.Recommendation.Condition).Trim());
        Thresholds(pair.Thresholds);
        Measures(pair.Measures);
        if (pair.MixedSearch is { } mixed)
            Mixed(mixed);
    }

    private void Sample(LinearSample sample, long items)
    {
        Heading("##", LinearTables.SampleTitle(sample, items));
        Paragraph(LinearTables.AboutSample(sample));
        Thresholds(sample.Thresholds);
        Measures(sample.Measures);
        if (sample.MixedSearch is { } mixed)
            Mixed(mixed);
    }

    private void Thresholds(ThresholdTable thresholds)
    {
        Heading("###", "Thresholds");
        Table(
            ["threshold", "cosine", "recall", "precision"],
            thresholds.Rows.Select(row => new[]
            {
                Wording.Rule(row), Numbers.Both(row.Cosine), Numbers.Both(row.Recall), Numbers.Both(row.Precision),
            }));
        Paragraph($"Precision at a prevalence of {Numbers.Percent(thresholds.Prevalence)}: {thresholds.PrevalenceSource}. {thresholds.Note}");
    }

    private void Measures(IReadOnlyDictionary<string, Measurement> measures)
    {
        Heading("###", "Measures");
        Table(
            ["measure", "of", "value", "95 % interval"],
            MeasureCatalog.Families.SelectMany(family => Wording.Shown(measures, family, everyMeasure)).Select(measurement => new[]
            {
                Wording.Name(measurement.Id),
                measurement.Subject ?? "",
                measurement.Estimate is { } estimate ? Numbers.Short(estimate.Value) : "-",
                measurement.Estimate is { } same ? Numbers.Interval(same) : measurement.Missing ?? "",
            }));
    }

    private void Mixed(MixedSearchTable mixed)
    {
        Heading("##", $"Mixed search: {mixed.Query} against {mixed.First} and {mixed.Second}");
        Table(
            ["documents", "hit@1", "hit@10", "MRR", "NDCG@10"],
            mixed.Raw.Select(row => new[]
            {
                Wording.Share(mixed, row.Share),
                Numbers.Both(row.HitAt1),
                Numbers.Both(row.HitAt10),
                Numbers.Both(row.MeanReciprocalRank),
                Numbers.Both(row.NdcgAt10),
            }));
    }

    private void Findings(IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings)
            Paragraph($"> {finding.Severity}: {finding.Message}");
    }

    private void Heading(string level, string text)
    {
        writer.WriteLine();
        writer.WriteLine($"{level} {Escape(text)}");
    }

    private void Paragraph(string text)
    {
        writer.WriteLine();
        writer.WriteLine(text.StartsWith("> ", StringComparison.Ordinal) ? "> " + Escape(text[2..]) : Escape(text));
    }

    private void Table(string[] head, IEnumerable<string[]> rows)
    {
        writer.WriteLine();
        Row(head);
        Row([.. head.Select(_ => "---")]);
        foreach (string[] row in rows)
            Row(row);
    }

    private void Row(string[] cells) => writer.WriteLine($"| {string.Join(" | ", cells.Select(Escape))} |");

    // Names come from files: none of them may become markup.
    private static string Escape(string text)
    {
        foreach (string special in (string[])["\\", "|", "*", "_", "`", "<", "["])
            text = text.Replace(special, "\\" + special, StringComparison.Ordinal);
        return text.ReplaceLineEndings(" ");
    }
}
