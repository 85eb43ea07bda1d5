namespace ModalityGap.Measures;

/// <summary>A measure that follows, in whole or in part, from sums over the rows: one pass over files of any size is enough.</summary>
internal interface ILinearMeasure
{
    /// <summary>The numbers that need no look at every pair of rows.</summary>
    IEnumerable<Measurement> Linear(LinearEvidence evidence);
}
