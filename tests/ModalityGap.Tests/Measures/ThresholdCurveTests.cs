using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Measures;

public sealed class ThresholdCurveTests
{
    [Fact]
    public void Of_ConesOfRows_CountsWhatReachesEachStep()
    {
        PairedEmbeddings pairs = Rows.Cones(70, 12, 5);
        ThresholdCurve curve = ThresholdCurve.Of(Rows.Evidence(pairs));
        for (int k = 0; k < curve.Matched.Count; k++)
        {
            // Bins are half open in float32: a cosine on the very edge of a step may be counted on either side.
            double low = curve.First + k * curve.Step - 1e-6, high = low + 2e-6;
            int matchedLow = 0, matchedHigh = 0, unmatchedLow = 0, unmatchedHigh = 0;
            for (int i = 0; i < 70; i++)
                for (int j = 0; j < 70; j++)
                {
                    double cosine = Dot.Float64(pairs.First.Row(i), pairs.Second.Row(j));
                    if (i == j)
                        (matchedLow, matchedHigh) = (matchedLow + (cosine >= high ? 1 : 0), matchedHigh + (cosine >= low ? 1 : 0));
                    else
                        (unmatchedLow, unmatchedHigh) = (unmatchedLow + (cosine >= high ? 1 : 0), unmatchedHigh + (cosine >= low ? 1 : 0));
                }
            Assert.InRange(curve.Matched[k], matchedLow, matchedHigh);
            Assert.InRange(curve.Unmatched[k], unmatchedLow, unmatchedHigh);
        }
    }

    [Fact]
    public void Of_AnyRows_GoesFromAllPairsToNone()
    {
        ThresholdCurve curve = ThresholdCurve.Of(Rows.Evidence(Rows.Cones(40, 8, 6)));
        Assert.Equal((40, 40 * 39), (curve.MatchedPairs, curve.UnmatchedPairs));
        Assert.Equal((40, 40 * 39), (curve.Matched[0], curve.Unmatched[0]));
        Assert.Equal((0, 0), (curve.Matched[^1], curve.Unmatched[^1]));
        Assert.True(curve.Matched[1] + curve.Unmatched[1] < 40 * 40 && curve.Matched[^2] + curve.Unmatched[^2] > 0, "the ends are not the ends of the cosines");
        Assert.True(curve.Unmatched.Zip(curve.Unmatched.Skip(1)).All(step => step.First >= step.Second));
    }

    [Fact]
    public void Table_OfThresholds_AgreesWithItsCurve()
    {
        ThresholdTable table = ThresholdAdvice.Compute(Rows.Evidence(Rows.Cones(300, 16, 7)), null);
        foreach (ThresholdRow row in table.Rows)
        {
            int below = (int)Math.Floor((row.Cosine.Value - table.Curve!.First) / table.Curve.Step);
            double least = table.Curve.Matched[below + 1] / 300.0, most = table.Curve.Matched[below] / 300.0;
            Assert.InRange(row.Recall.Value, least, most);
        }
    }
}
