using System.Globalization;
using ModalityGap.Comparisons;
using ModalityGap.Measures;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap.Cli.Rendering;

/// <summary>A result as comma-separated values (RFC 4180): one number a line, with all its digits.</summary>
internal sealed class CsvRenderer(TextWriter writer)
{
    public void Render(AnalysisResult result)
    {
        Head();
        foreach (PairResult pair in result.Pairs)
        {
            foreach (Measurement measurement in pair.Measures.Values)
                Number(pair.First, pair.Second, measurement.Id, measurement.Subject, measurement.Estimate, measurement.Missing);
            foreach (ThresholdRow row in pair.Thresholds.Rows)
                Threshold(pair.First, pair.Second, row);
        }
        foreach (MixedSearchTable table in result.Pairs.Select(pair => pair.MixedSearch).OfType<MixedSearchTable>().Concat(result.MixedSearch))
            foreach (MixedSearchRow row in table.Raw)
                Mixed(table, row);
    }

    public void Render(LinearResult result)
    {
        Head();
        foreach (LinearPair pair in result.Pairs)
        {
            foreach (Measurement measurement in pair.Measures.Values)
                Number(pair.First, pair.Second, measurement.Id, measurement.Subject, measurement.Estimate, measurement.Missing);
            foreach (LinearGroup group in pair.Groups ?? [])
            {
                Number(pair.First, pair.Second, "group/gap", group.Name, group.Gap);
                Number(pair.First, pair.Second, "group/matched-cosine-mean", group.Name, group.MatchedCosine);
            }
            if (pair.Sample is { } sample)
                Sample(pair, sample);
        }
    }

    public void Render(CorrectionResult result)
    {
        Line("correction", "measure", "subject", "value", "low", "high", "difference", "difference-low", "difference-high", "count");
        foreach (CandidateResult candidate in result.Candidates)
            if (candidate.Search is { } search)
                Searches(candidate.Id, search, candidate.ProcedureAhead!);
        Searches("nested", result.Nested.Search, null);
        if (result.ZeroShot is { } classified)
        {
            Compared("nested", "zero-shot-top-1", "", classified.Top1);
            Compared("nested", "prediction-gini", "", classified.PredictedGini);
            Compared("do-nothing", "prediction-gini", "", classified.PredictedGiniBefore);
            Compared("labels", "gini", "", classified.LabelGini);
        }
        foreach (FilterResult filter in result.Filters)
        {
            string id = $"filter: {filter.Label}";
            Compared(id, "goal", "", filter.Goal);
            if (filter.WorstNdcgAt10 is { } ndcg)
                Compared(id, "worst-ndcg-at-10", "", ndcg);
            Ahead(id, filter.ProcedureAhead);
        }
        foreach (SamplePoint point in result.SampleSizes)
            Compared(result.SampleSizesOf!, "goal-by-sample-size", point.Items.ToString(CultureInfo.InvariantCulture), point.Goal);
    }

    public void Render(ComparisonResult result)
    {
        Line("run", "against", "measure", "subject", "value", "low", "high", "level", "count", "method", "missing");
        foreach (RunResult run in result.Runs)
            foreach (Measurement measurement in run.Measures.Values)
                Number(run.Name, "", measurement.Id, measurement.Subject, measurement.Estimate, measurement.Missing);
        foreach (RunDifference difference in result.Differences)
            foreach (Measurement measurement in difference.Measures.Values)
                Number(difference.Run, difference.Against, measurement.Id, measurement.Subject, measurement.Estimate, measurement.Missing);
        foreach (GapAssociation association in result.Associations)
        {
            string subject = $"{association.Gap} with {association.Recall}";
            foreach ((string over, Measurement measurement) in ComparisonTables.Correlations(association))
                Number("", "", over.Length == 0 ? measurement.Id : $"{measurement.Id}-over-{over}", subject, measurement.Estimate, measurement.Missing);
        }
    }

    public void Render(CheckResult result)
    {
        Line("criterion", "first", "second", "measure", "limit", "value", "low", "high", "passed", "standing");
        foreach (CriterionResult criterion in result.Criteria)
            Line(
            [
                criterion.Id,
                criterion.First,
                criterion.Second,
                criterion.Measure,
                Numbers.Exact(criterion.Limit),
                .. Cells(criterion.Value),
                criterion.Passed ? "true" : "false",
                criterion.Standing.ToString(),
            ]);
    }

    private void Searches(string id, SearchResult search, Estimate? ahead)
    {
        Compared(id, "goal", "", search.Goal);
        if (ahead is not null)
            Ahead(id, ahead);
        if (search.WorstNdcgAt10 is { } ndcg)
            Compared(id, "worst-ndcg-at-10", "", ndcg);
        if (search.LossFromMixing is { } loss)
            Compared(id, "loss-from-mixing", "", loss);
        foreach (PlainResult plain in search.Plain)
        {
            Compared(id, "recall-at-1", $"{plain.Query}-to-{plain.Documents}", plain.RecallAt1);
            Compared(id, "recall-at-10", $"{plain.Query}-to-{plain.Documents}", plain.RecallAt10);
            if (plain.PooledHitAt1 is { } pooled)
                Compared(id, "pooled-hit-at-1", $"{plain.Query}-to-{plain.Documents}", pooled);
        }
        foreach (ShareResult share in search.Shares)
        {
            Compared(id, "hit-at-1", Numbers.Exact(share.Share), share.HitAt1);
            Compared(id, "ndcg-at-10", Numbers.Exact(share.Share), share.NdcgAt10);
        }
    }

    private void Ahead(string id, Estimate procedure) => Compared(id, "procedure-ahead", "", procedure);

    private void Compared(string id, string measure, string subject, ComparedEstimate number) => Line(
        [id, measure, subject, .. Cells(number.Value), .. Cells(number.Difference), number.Value.Count.ToString(CultureInfo.InvariantCulture)]);

    private void Compared(string id, string measure, string subject, Estimate number) => Line(
        [id, measure, subject, .. Cells(number), "", "", "", number.Count.ToString(CultureInfo.InvariantCulture)]);

    private static string[] Cells(Estimate number) =>
        [Numbers.Exact(number.Value), number.Low is { } low ? Numbers.Exact(low) : "", number.High is { } high ? Numbers.Exact(high) : ""];

    private void Head() => Line("first", "second", "measure", "subject", "value", "low", "high", "level", "count", "method", "missing");

    private void Sample(LinearPair pair, LinearSample sample)
    {
        foreach (Measurement measurement in sample.Measures.Values)
            Number(pair.First, pair.Second, measurement.Id, measurement.Subject, measurement.Estimate, measurement.Missing);
        foreach (ThresholdRow row in sample.Thresholds.Rows)
            Threshold(pair.First, pair.Second, row);
        if (sample.MixedSearch is { } mixed)
            foreach (MixedSearchRow row in mixed.Raw)
                Mixed(mixed, row);
    }

    private void Threshold(string first, string second, ThresholdRow row)
    {
        string rule = row.Rule == "equal-error" ? row.Rule : $"{row.Rule}-{Numbers.Exact(row.FalsePositiveRate.Value)}";
        Number(first, second, "threshold", $"{rule}/cosine", row.Cosine);
        Number(first, second, "threshold", $"{rule}/recall", row.Recall);
        Number(first, second, "threshold", $"{rule}/precision", row.Precision);
    }

    private void Mixed(MixedSearchTable table, MixedSearchRow row)
    {
        string subject = $"{table.Query}/{Numbers.Exact(row.Share)}";
        Number(table.First, table.Second, "mixed-search", $"{subject}/hit-at-1", row.HitAt1);
        Number(table.First, table.Second, "mixed-search", $"{subject}/hit-at-10", row.HitAt10);
        Number(table.First, table.Second, "mixed-search", $"{subject}/mean-reciprocal-rank", row.MeanReciprocalRank);
        Number(table.First, table.Second, "mixed-search", $"{subject}/ndcg-at-10", row.NdcgAt10);
    }

    private void Number(string first, string second, string id, string? subject, Estimate? estimate, string? missing = null) => Line(
        first,
        second,
        id,
        subject ?? "",
        estimate is null ? "" : Numbers.Exact(estimate.Value),
        estimate?.Low is { } low ? Numbers.Exact(low) : "",
        estimate?.High is { } high ? Numbers.Exact(high) : "",
        estimate is null ? "" : Numbers.Exact(estimate.Level),
        estimate?.Count.ToString(CultureInfo.InvariantCulture) ?? "",
        estimate?.Method ?? "",
        missing ?? "");

    private void Line(params string[] cells) => WriteLine(writer, cells);

    /// <summary>Writes one line.</summary>
    internal static void WriteLine(TextWriter writer, params string[] cells) => writer.Write(string.Join(',', cells.Select(Quote)) + "\r\n");

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
