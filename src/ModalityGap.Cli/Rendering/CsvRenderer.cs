using System.Globalization;
using ModalityGap.Measures;
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
                Threshold(pair, row);
        }
        foreach (MixedSearchTable table in result.Pairs.Select(pair => pair.MixedSearch).OfType<MixedSearchTable>().Concat(result.MixedSearch))
            foreach (MixedSearchRow row in table.Raw)
                Mixed(table, row);
    }

    public void Render(LinearResult result)
    {
        Head();
        foreach (LinearPair pair in result.Pairs)
            foreach (Measurement measurement in pair.Measures.Values)
                Number(pair.First, pair.Second, measurement.Id, measurement.Subject, measurement.Estimate, measurement.Missing);
    }

    private void Head() => Line("first", "second", "measure", "subject", "value", "low", "high", "level", "count", "method", "missing");

    private void Threshold(PairResult pair, ThresholdRow row)
    {
        string rule = row.Rule == "equal-error" ? row.Rule : $"{row.Rule}-{Numbers.Exact(row.FalsePositiveRate.Value)}";
        Number(pair.First, pair.Second, "threshold", $"{rule}/cosine", row.Cosine);
        Number(pair.First, pair.Second, "threshold", $"{rule}/recall", row.Recall);
        Number(pair.First, pair.Second, "threshold", $"{rule}/precision", row.Precision);
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

    private void Line(params string[] cells) => writer.Write(string.Join(',', cells.Select(Quote)) + "\r\n");

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
