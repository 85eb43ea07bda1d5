using ModalityGap.Numerics;

namespace ModalityGap.Measures;

/// <summary>The contrastive loss of the pairs as they are, per temperature, with what each pair does to it.</summary>
internal sealed class LossEvidence
{
    public LossEvidence(PairEvidence evidence)
    {
        var view = new DirectionView(evidence.Moments, evidence.X, evidence.Y, new double[evidence.Pairs.Dimensions]);
        LossPoint[] points = [.. evidence.Temperatures.Select(temperature => new LossPoint(ShiftAlongGap.None, temperature, false))];
        Values = ShiftedLoss.Evaluate(view, points, evidence.Work);
        var masses = new SoftmaxMassVisitor(view, points, Values);
        TileSweep.Run(evidence.X, evidence.Y, evidence.Work, masses);
        InfluencesFirstToSecond = [.. Values.Select((values, p) => Add(values.FirstToSecond, masses.OnSecond[p]))];
        InfluencesSecondToFirst = [.. Values.Select((values, p) => Add(values.SecondToFirst, masses.OnFirst[p]))];
    }

    /// <summary>Loss per temperature and query.</summary>
    public LossValues[] Values { get; }

    /// <summary>Per temperature and pair: its own loss as a query plus the mass that other queries put on its document.</summary>
    public double[][] InfluencesFirstToSecond { get; }

    /// <summary>The same for the other direction.</summary>
    public double[][] InfluencesSecondToFirst { get; }

    private static double[] Add(double[] a, double[] b)
    {
        var sum = new double[a.Length];
        for (int i = 0; i < sum.Length; i++)
            sum[i] = a[i] + b[i];
        return sum;
    }
}
