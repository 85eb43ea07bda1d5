using ModalityGap.Embeddings;
using ModalityGap.Measures;

namespace ModalityGap;

/// <summary>What a reader should know before trusting the numbers.</summary>
internal static class Findings
{
    /// <summary>About one input.</summary>
    public static IEnumerable<Finding> OfInput(InputSummary input)
    {
        foreach (Finding finding in OfNorms(input.Modality, input.Norms))
            yield return finding;
        if (input.DuplicateRows > 0)
            yield return new Finding("duplicate-rows", input.DuplicateRows * 10 > input.Rows ? FindingSeverity.Warning : FindingSeverity.Note,
                $"{input.DuplicateRows} of {input.Rows} rows of {input.Modality} repeat an earlier row. Their queries tie, which counts against them, and some unmatched pairs are true matches.");
    }

    /// <summary>Mean norms that differ by more than this factor change which modality an inner product favours.</summary>
    private const double UnequalNorms = 1.1;

    /// <summary>A correlation that is surely beyond this is worth a sentence.</summary>
    private const double TellingCorrelation = 0.2;

    /// <summary>About the norms of an input.</summary>
    public static IEnumerable<Finding> OfNorms(string modality, NormSummary norms)
    {
        if (!norms.AreUnit)
            yield return new Finding("not-unit-norm", FindingSeverity.Note, FormattableString.Invariant(
                $"The rows of {modality} had norms from {norms.Lowest:0.###} to {norms.Highest:0.###}; all numbers are about the rows set to norm 1."));
    }

    /// <summary>About items that were left out.</summary>
    public static Finding SkippedItems(long skipped, long remaining) => new(
        "skipped-items",
        FindingSeverity.Warning,
        $"{skipped} items have a row that is zero or not finite and were left out of every modality; {remaining} remain.");

    /// <summary>About a pair of which only sums are known.</summary>
    public static IEnumerable<Finding> OfLinearPair(LinearEvidence evidence, IReadOnlyDictionary<string, Measurement> measures)
    {
        PairMoments moments = evidence.Moments;
        if (moments.MatchedMoments.Lowest > 1 - 1e-12)
            yield return new Finding("same-rows", FindingSeverity.Warning,
                $"{evidence.First} and {evidence.Second} hold the same rows up to their length: was one file given twice? Of course there is no gap.");
        else if (measures["matched-cosine-mean"].Estimate!.Low is { } low && low <= moments.Sums.UnmatchedMean)
            yield return new Finding("shuffled-pairing", FindingSeverity.Warning,
                $"Matched cosines are no larger on average than unmatched ones: row i of {evidence.First} does not seem to belong to row i of {evidence.Second}. "
                + "Either the files are not in the same order, or the model was not trained on such pairs. The gap itself does not depend on the order, everything about matches does.");
    }

    /// <summary>About a pair.</summary>
    public static IEnumerable<Finding> OfPair(PairedEmbeddings pairs, IReadOnlyDictionary<string, Measurement> measures)
    {
        if (DuplicateRows.AreSame(pairs.First, pairs.Second))
        {
            yield return new Finding("same-rows", FindingSeverity.Warning,
                $"{pairs.First.Modality} and {pairs.Second.Modality} hold the very same rows: was one file given twice? Of course there is no gap.");
            yield break;
        }
        if (measures["matched-unmatched-auc"].Estimate is { } auc && auc.Low is null or <= 0.5)
            yield return new Finding("shuffled-pairing", FindingSeverity.Warning,
                $"Matched cosines look no better than unmatched ones: row i of {pairs.First.Modality} does not seem to belong to row i of {pairs.Second.Modality}. "
                + "Either the files are not in the same order, or the model was not trained on such pairs. The gap itself does not depend on the order, everything about matches does.");
    }

    /// <summary>About the norms that the rows of a pair came with.</summary>
    public static IEnumerable<Finding> OfPairNorms(string first, string second, IReadOnlyDictionary<string, Measurement> measures)
    {
        double ofFirst = measures["norm-mean/" + first].Estimate!.Value, ofSecond = measures["norm-mean/" + second].Estimate!.Value;
        if (Math.Max(ofFirst, ofSecond) > UnequalNorms * Math.Min(ofFirst, ofSecond))
        {
            (string longer, string shorter) = ofFirst > ofSecond ? (first, second) : (second, first);
            yield return new Finding("unequal-norms", FindingSeverity.Note, FormattableString.Invariant(
                $"As read, the rows of {longer} are {Math.Max(ofFirst, ofSecond) / Math.Min(ofFirst, ofSecond):0.0#} times as long as those of {shorter}: an index by inner product would favour {longer}. Search by cosine, or store unit rows."));
        }
        foreach (string modality in new[] { first, second })
            if (measures["norm-cosine-correlation/" + modality].Estimate is { Low: { } low, High: { } high } correlation
                && (low > TellingCorrelation || high < -TellingCorrelation))
                yield return new Finding("norm-tells-match", FindingSeverity.Note, FormattableString.Invariant(
                    $"{(correlation.Value > 0 ? "Longer" : "Shorter")} rows of {modality} match better (correlation {correlation.Value:0.00} [{low:0.00}, {high:0.00}]): the norm carries information that setting rows to norm 1 throws away."));
    }
}
