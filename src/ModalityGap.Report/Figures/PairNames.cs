namespace ModalityGap.Report.Figures;

/// <summary>How the two modalities of a pair and the two directions of search are called in figures.</summary>
internal sealed class PairNames(PairResult pair)
{
    public string First => Words.Short(pair.First);

    public string Second => Words.Short(pair.Second);

    public string FirstToSecond => $"{First} to {Second}";

    public string SecondToFirst => $"{Second} to {First}";

    /// <summary>The value of a measure, where it was measured.</summary>
    public double? Value(string key) =>
        pair.Measures.TryGetValue(key, out Measures.Measurement? measured) ? measured.Estimate?.Value : null;
}
