using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Measures;

public sealed class MatchedCosinesTests
{
    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Cosines_AgainstDoubleLoop_Agree(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        double[,] cosines = SlowCosines.Table(pairs.First, pairs.Second);
        double[] matched = SlowCosines.Diagonal(cosines), unmatched = SlowCosines.OffDiagonal(cosines);
        Check(Tolerance.Float64, matched.Average(), "matched-cosine-mean");
        Check(new Tolerance(1e-7, 1e-9), SlowCosines.Deviation(matched), "matched-cosine-deviation");
        Check(Tolerance.Float64, unmatched.Average(), "unmatched-cosine-mean");
        Check(Tolerance.StoredFloat32, SlowCosines.Deviation(unmatched), "unmatched-cosine-deviation");

        void Check(Tolerance tolerance, double expected, string id) =>
            tolerance.Check(expected, measures[id].Estimate!.Value, $"{sample}: {id}");
    }

    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Auc_AgainstAllCombinationsInFloat32_IsTheSameNumber(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        double[,] cosines = SlowCosines.TableInFloat32(pairs.First, pairs.Second);
        double expected = SlowCosines.Auc(SlowCosines.Diagonal(cosines), SlowCosines.OffDiagonal(cosines));
        Tolerance.Float64.Check(expected, Rows.Measure(pairs)["matched-unmatched-auc"].Estimate!.Value, sample);
    }

    [Theory]
    [MemberData(nameof(PairSamples.NamesWithoutTies), MemberType = typeof(PairSamples))]
    public void Auc_AgainstAllCombinationsInFloat64_AgreesToFiveDigits(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        double[,] cosines = SlowCosines.Table(pairs.First, pairs.Second);
        double expected = SlowCosines.Auc(SlowCosines.Diagonal(cosines), SlowCosines.OffDiagonal(cosines));
        Tolerance.Digits(5).Check(expected, Rows.Measure(pairs)["matched-unmatched-auc"].Estimate!.Value, sample);
    }

    [Fact]
    public void Auc_WhereAllCosinesAreEqual_IsAHalf()
    {
        PairedEmbeddings pairs = Rows.Pair([[1, 0], [1, 0], [1, 0]], [[0, 1], [0, 1], [0, 1]]);
        Tolerance.Bits.Check(0.5, Rows.Measure(pairs)["matched-unmatched-auc"].Estimate!.Value, "ties count half");
    }

    [Fact]
    public void Auc_OfRowsThatFindTheirOwnOnly_IsOne()
    {
        PairedEmbeddings pairs = Rows.Pair([[1, 0], [0, 1]], [[2, 1], [1, 2]]);
        Tolerance.Bits.Check(1, Rows.Measure(pairs)["matched-unmatched-auc"].Estimate!.Value, "matched above unmatched");
        Tolerance.StoredFloat32.Check(2 / Math.Sqrt(5), Rows.Measure(pairs)["matched-cosine-mean"].Estimate!.Value, "matched");
        Tolerance.StoredFloat32.Check(1 / Math.Sqrt(5), Rows.Measure(pairs)["unmatched-cosine-mean"].Estimate!.Value, "unmatched");
    }
}
