using ModalityGap.Lab.Reproduction.Experiments;

namespace ModalityGap.Lab.Reproduction;

/// <summary>Every experiment, in the order of the paper, then what goes beyond it. A new one is entered here, and named by its claims in claims.json.</summary>
internal static class ExperimentCatalog
{
    public static IReadOnlyList<IExperiment> All { get; } =
    [
        new GapOfFeatures(),
        new NetworkCones(),
        new DepthAndActivation(),
        new SeedCones(),
        new ConeFraction(),
        new CosineGrowth(),
        new InitialisationVariance(),
        new ConesOfModels(),
        new ConesOfPictures(),
        new GapWithoutNormalisation(),
        new FeatureLandscape(),
        new SphereSimulation(),
        new ZeroShotTable(),
        new DenigrationRates(),
        new PublishedArithmetic(),
        new DimensionalCollapse(),
        new DimensionsByDepth(),
        new ContrastiveGap(),
        new GapAndDimension(),
        new TemperatureAndClosing(),
        new TemperatureAndGap(),
        new InitialisationAndGap(),
        new MismatchedPairs(),
        new InformationImbalance(),
        new EmbeddingDimension(),
        new OneModalityTwice(),
        new SharedWeights(),
        new TemperatureSchedules(),
        new LossesAndGap(),
        new BatchSize(),
        new SeparateCones(),
        new GapOverTime(),
        new UnseenStyle(),
        new SkinTones(),
    ];

    public static IExperiment? Find(string id) => All.FirstOrDefault(experiment => experiment.Id == id);
}
