namespace ModalityGap.Corrections;

/// <summary>
/// Lowers documents that draw queries in general (hubs), by their similarities to a bank of reference queries. The three published forms
/// differ in how the draw is taken.
/// </summary>
public sealed class BankCorrection : IScoreCorrection
{
    private readonly double scale;
    private readonly Func<ScoreSample, QueryBank> bank;

    private BankCorrection(CorrectionInfo info, IReadOnlyDictionary<string, string> parameters, double scale, Func<ScoreSample, QueryBank> bank) =>
        (Info, Parameters, this.scale, this.bank) = (info, parameters, scale, bank);

    /// <inheritdoc/>
    public CorrectionInfo Info { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>s - α · mean of the document's k largest similarities to the bank.</summary>
    /// <param name="weight">α; default 0.75.</param>
    /// <param name="nearest">k; default 128.</param>
    public static BankCorrection NearestNeighbourNormalisation(double weight = 0.75, int nearest = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nearest, 1);
        if (!double.IsFinite(weight))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is a finite number.");
        return new BankCorrection(
            Described("nearest-neighbour-normalisation", "Nearest-neighbour normalisation (NNN)",
                "lower the scores of a document by a part of its mean similarity to the reference queries nearest to it",
                "s' = q·d - α mean of the k largest b·d over reference queries b",
                "Chowdhury et al., Nearest Neighbor Normalization, EMNLP 2024",
                new("weight", "0.75", "α."), new("nearest", "128", "k, all where the bank is smaller.")),
            CorrectionSetting.Values(("weight", weight), ("nearest", nearest)),
            1,
            sample => QueryBank.MeanOfNearest(sample.Queries, nearest, weight));
    }

    /// <summary>2s - mean of the document's k largest similarities to the bank; the query's own term changes no ranking.</summary>
    /// <param name="nearest">k; default 10.</param>
    public static BankCorrection Csls(int nearest = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nearest, 1);
        return new BankCorrection(
            Described("csls", "Cross-domain similarity local scaling (CSLS)",
                "double the scores and lower them by the document's mean similarity to the reference queries nearest to it",
                "s' = 2 q·d - r(d), r: mean of the k largest b·d over reference queries b; -r(q) changes no ranking",
                "Conneau et al., Word Translation Without Parallel Data, ICLR 2018",
                new CorrectionParameter("nearest", "10", "k, all where the bank is smaller.")),
            CorrectionSetting.Values(("nearest", nearest)),
            2,
            sample => QueryBank.MeanOfNearest(sample.Queries, nearest, 1));
    }

    /// <summary>s - (1/β) log Σ_b exp(β b·d), which ranks as exp(βs)/Σ_b exp(β b·d) does.</summary>
    /// <param name="inverseTemperature">β; default 20.</param>
    public static BankCorrection InvertedSoftmax(double inverseTemperature = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(inverseTemperature, 0);
        return new BankCorrection(
            Described("inverted-softmax", "Inverted softmax (QB-Norm)",
                "divide the exponential of every score by the sum of the document's exponentials over reference queries",
                "s' = q·d - (1/β) log Σ_b exp(β b·d) over reference queries b",
                "Smith et al., ICLR 2017; Bogolin et al., QB-Norm, CVPR 2022 (without its dynamic choice of queries)",
                new CorrectionParameter("inverse-temperature", "20", "β.")),
            CorrectionSetting.Values(("inverse-temperature", inverseTemperature)),
            1,
            sample => QueryBank.SoftMaximum(sample.Queries, inverseTemperature));
    }

    /// <inheritdoc/>
    public FittedScores Fit(ScoreSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return new FittedScores(
            CorrectionSetting.Of(this),
            new ScoreScale(sample.First.Modality, scale, 0),
            new ScoreScale(sample.Second.Modality, scale, 0),
            bank: bank(sample));
    }

    private static CorrectionInfo Described(
        string id, string name, string description, string formula, string reference, params CorrectionParameter[] parameters) => new()
        {
            Id = id,
            Name = name,
            Description = description,
            Formula = formula,
            Parameters = parameters,
            Deployment = "Exact in one more dimension: index [d, b(d)], search with [q, 1] by inner product. Each new document is compared with the bank once.",
            Reference = reference,
        };
}
