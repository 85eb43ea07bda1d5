using ModalityGap.Measures;
using ModalityGap.Report.Figures;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Page;

/// <summary>Every measured number of a pair, and why the missing ones are missing.</summary>
internal static class MeasureTable
{
    /// <summary>A table per family of measures.</summary>
    public static IEnumerable<DataTable> Of(PairResult pair)
    {
        foreach (MeasureFamily family in MeasureCatalog.Families)
        {
            IReadOnlyList<string>[] rows =
                [.. family.Infos.SelectMany(info => pair.Measures.Values.Where(measured => measured.Id == info.Id)).Select(Row)];
            if (rows.Length > 0)
                yield return new DataTable([family.Name, "Of", "Value", "Interval", "n", "How"], rows);
        }
    }

    private static IReadOnlyList<string> Row(Measurement measured)
    {
        string name = MeasureCatalog.TryFind(measured.Id, out MeasureInfo? info) ? info.Name : measured.Id;
        string subject = measured.Subject ?? "";
        return measured.Estimate is { } estimate
            ? [name, subject, Numbers.Plain(estimate.Value), Interval(estimate), Numbers.Count(estimate.Count), How(estimate)]
            : [name, subject, Numbers.None, "", "", measured.Missing ?? "not measured"];
    }

    private static string Interval(Estimate estimate) => Numbers.Interval(estimate, Numbers.Plain).TrimStart();

    private static string How(Estimate estimate) =>
        estimate.Low is null ? estimate.Method : $"{Numbers.Percent(estimate.Level)}, {estimate.Method}";
}
