using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>The second moments of a pair of modalities: of each, and of one with the other.</summary>
internal sealed class SecondMoments
{
    private readonly WorkContext work;

    public SecondMoments(PairEvidence evidence)
    {
        work = evidence.Work;
        First = new ModalityMoments(evidence.First, evidence.X, evidence.Moments.SumX, work);
        Second = new ModalityMoments(evidence.Second, evidence.Y, evidence.Moments.SumY, work);
    }

    public ModalityMoments First { get; }

    public ModalityMoments Second { get; }

    public IEnumerable<ModalityMoments> Both => [First, Second];

    /// <summary>n.</summary>
    public int Count => First.Count;

    /// <summary>d.</summary>
    public int Dimensions => First.Dimensions;

    /// <summary>C = Σ (x_i - mean x)(y_i - mean y)ᵀ / (n - 1), d x d.</summary>
    public double[] CrossCovariance => field ??= ModalityMoments.Divided(
        Float64Product.Run(Count, Dimensions, Dimensions, First.Centred, Second.Centred, work), Count - 1);

    /// <summary>The subspaces that hold 99 % of each modality's variance, and how they lie to each other.</summary>
    public SubspacePair Subspaces => field ??= new SubspacePair(First, Second, 0.99, work);

    /// <summary>(Σ x_i x_iᵀ + Σ y_i y_iᵀ) / n, uncentred.</summary>
    public double[] Stacked()
    {
        double[] moment = First.Uncentred(), second = Second.Uncentred();
        for (int k = 0; k < moment.Length; k++)
            moment[k] += second[k];
        return moment;
    }

    /// <summary>The covariance of the differences x_i - y_i: S_x + S_y - C - Cᵀ.</summary>
    public double[] OfDifferences()
    {
        int d = Dimensions;
        double[] x = First.Covariance, y = Second.Covariance, cross = CrossCovariance;
        var covariance = new double[(long)d * d];
        for (int k = 0; k < d; k++)
            for (int l = 0; l < d; l++)
                covariance[k * d + l] = x[k * d + l] + y[k * d + l] - cross[k * d + l] - cross[l * d + k];
        return covariance;
    }
}
