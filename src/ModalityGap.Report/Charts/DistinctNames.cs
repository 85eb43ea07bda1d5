namespace ModalityGap.Report.Charts;

/// <summary>Names that fit a width and still differ: models are often called alike up to their last letters.</summary>
internal static class DistinctNames
{
    /// <summary>The names, cut at the end, or in the middle, or numbered, whatever first keeps them apart.</summary>
    public static string[] Fit(IReadOnlyList<string> names, double width, double size = TextWidth.LargestLabel)
    {
        string[] ends = [.. names.Select(name => TextWidth.Fit(name, width, size))];
        if (AreDistinct(ends))
            return ends;
        string[] middles = [.. names.Select(name => TextWidth.FitMiddle(name, width, size))];
        return AreDistinct(middles) ? middles : [.. names.Select((name, k) => TextWidth.Fit($"{k + 1} {name}", width, size))];
    }

    private static bool AreDistinct(string[] names) => names.Distinct().Count() == names.Length;
}
