using ModalityGap.Embeddings;
using ModalityGap.Lab.Training;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Trainings;

/// <summary>What is kept of one training: its log, and the geometry of the watched pairs before and after.</summary>
/// <param name="Log">Loss, temperature, gap and recall after every epoch; the first is the model before training.</param>
/// <param name="Before">The geometry before training.</param>
/// <param name="After">The geometry after it.</param>
/// <param name="StepsPerEpoch">Steps of the optimiser in an epoch.</param>
internal sealed record TrainedRun(IReadOnlyList<EpochRecord> Log, PairGeometry Before, PairGeometry After, int StepsPerEpoch)
{
    public EpochRecord Start => Log[0];

    public EpochRecord End => Log[^1];

    /// <summary>Mean of both directions' recall at 1 after training.</summary>
    public double Recall => (End.RecallImageToText + End.RecallTextToImage) / 2;

    /// <summary>The run as a part of an experiment keeps it: a row an epoch, then the two geometries and the steps.</summary>
    public double[][] ToPart() =>
    [
        .. Log.Select(one => new[] { one.Epoch, one.Loss ?? double.NaN, one.Temperature, one.Gap, one.RecallImageToText, one.RecallTextToImage, one.Watched }),
        Before.ToRow(),
        After.ToRow(),
        [StepsPerEpoch],
    ];

    /// <summary>A run from its part.</summary>
    public static TrainedRun Of(double[][] part) => new(
        [
            .. part[..^3].Select(row => new EpochRecord
            {
                Epoch = (int)row[0],
                Loss = double.IsNaN(row[1]) ? null : row[1],
                Temperature = row[2],
                Gap = row[3],
                RecallImageToText = row[4],
                RecallTextToImage = row[5],
                Watched = (int)row[6],
                Seconds = 0,
            }),
        ],
        PairGeometry.Of(part[^3]),
        PairGeometry.Of(part[^2]),
        (int)part[^1][0]);
}

/// <summary>How pairs lie.</summary>
/// <param name="MatchedCosine">Mean cosine of matched pairs.</param>
/// <param name="RelativeGap">RMG (Schrodi et al., ICLR 2025).</param>
/// <param name="Separability">Held-out accuracy of a linear classifier of the two sides.</param>
/// <param name="FirstCosine">Mean cosine between different rows of the first side.</param>
/// <param name="SecondCosine">The same of the second side.</param>
internal sealed record PairGeometry(double MatchedCosine, double RelativeGap, double Separability, double FirstCosine, double SecondCosine)
{
    public static PairGeometry Of(PairedEmbeddings pairs, WorkContext work)
    {
        PairSums sums = new PairMoments(pairs).Sums;
        var evidence = new PairEvidence(pairs, [0.01], new RandomStream(1), work);
        // Where all rows of both sides are the same nothing can be told apart, which is what guessing gets.
        double accuracy = Measures.Separability.AccuracyByItem(evidence).Accuracy.Estimate?.Value ?? 0.5;
        return new PairGeometry(sums.MatchedMean, RelativeModalityGap.Of(sums), accuracy, sums.OffDiagonalMeanX, sums.OffDiagonalMeanY);
    }

    public static PairGeometry Of(double[] row) => new(row[0], row[1], row[2], row[3], row[4]);

    public double[] ToRow() => [MatchedCosine, RelativeGap, Separability, FirstCosine, SecondCosine];
}
