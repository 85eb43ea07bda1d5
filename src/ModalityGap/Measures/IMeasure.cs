namespace ModalityGap.Measures;

/// <summary>A measure of a pair of modalities: says what it is, and computes it from the evidence that all measures share.</summary>
internal interface IMeasure
{
    /// <summary>The definitions of the numbers that it gives.</summary>
    IReadOnlyList<MeasureInfo> Infos { get; }

    /// <summary>The numbers, each under the id of one of the definitions.</summary>
    IEnumerable<Measurement> Compute(PairEvidence evidence);
}
