using ModalityGap.Comparisons;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Selection;
using ModalityGap.Statistics;

namespace ModalityGap;

/// <summary>Compares models or checkpoints by what they make of the same items.</summary>
public static class ModelComparison
{
    /// <summary>The ids of the numbers that models can be ranked by.</summary>
    public static IReadOnlyList<string> Measures { get; } = [.. Headlines.ById.Keys];

    /// <summary>Measures every model on the items that all have, and subtracts with paired intervals.</summary>
    /// <param name="runs">At least two models with the same modalities; their dimensions may differ.</param>
    /// <param name="options">How; default <see cref="ComparisonOptions"/> as it is.</param>
    /// <param name="progress">Told how far the work has come; may be called from any thread.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">An option makes no sense, or two models have the same name.</exception>
    /// <exception cref="EmbeddingDataException">The rows cannot be used or do not fit together.</exception>
    public static ComparisonResult Run(
        IReadOnlyList<ModelRun> runs, ComparisonOptions? options = null, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        options ??= new ComparisonOptions();
        options.Check();
        RunInputs.Check(runs);
        Alignment alignment = RunInputs.Align(runs, options);
        var random = new RandomStream(options.Seed);
        var resamples = new Resamples(alignment.Items, random.Fork("items"));
        var steps = new RunProgress(runs, options.Pictures, progress);
        List<ComparableNumber[]> numbers = [];
        List<RunPicture> pictures = [];
        for (int r = 0; r < runs.Count; r++)
        {
            var work = new WorkContext(options.Threads, steps.Begin(r), cancellation);
            var measuring = new RunMeasuring(alignment.Pair(2 * r, 2 * r + 1), resamples, random.Fork("pair"), work);
            numbers.Add(measuring.All());
            if (options.Pictures)
                pictures.Add(RunPicture.Of(runs[r].Name, measuring.Evidence, MapPairs(runs.Count), random));
            LargeMemory.GiveBack();
        }
        steps.Finish();
        return Conclude(runs, options, alignment, numbers, random) with { Pictures = options.Pictures ? pictures : null };
    }

    // Small maps of many models: together not many more points than one large map has.
    private static int MapPairs(int models) => Math.Clamp(3000 / models, 50, 300);

    /// <summary>What a comparison of these models would be about, in one line.</summary>
    /// <exception cref="EmbeddingDataException">They do not fit together.</exception>
    public static string Detect(IReadOnlyList<ModelRun> runs, ComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        RunInputs.Check(runs);
        return RunInputs.InWords(runs, RunInputs.Align(runs, options ?? new ComparisonOptions()));
    }

    /// <summary>The keys of all numbers that models of these modalities can be ranked by.</summary>
    public static IReadOnlyList<string> Keys(Modality first, Modality second) => Headlines.Keys(first.Name, second.Name);

    private static ComparisonResult Conclude(
        IReadOnlyList<ModelRun> runs, ComparisonOptions options, Alignment alignment, List<ComparableNumber[]> numbers, RandomStream random)
    {
        string[] names = [.. runs.Select(run => run.Name)];
        Ranking ranking = RunRanking.Of(names, [.. numbers.Select(run => Chosen(run, options.By))]);
        return new ComparisonResult
        {
            Tool = ToolVersion.Name,
            Detected = RunInputs.InWords(runs, alignment),
            First = runs[0].First.Modality.Name,
            Second = runs[0].Second.Modality.Name,
            Items = alignment.Items,
            PairedBy = Detection.PairedBy(alignment),
            Seed = options.Seed,
            Runs = [.. runs.Select((run, r) => Result(run, alignment.Pair(2 * r, 2 * r + 1), numbers[r]))],
            Ranking = ranking,
            Differences = Differences(names, numbers, Array.IndexOf(names, ranking.Places[0].Run)),
            Associations = GapAssociations.Of(numbers, random.Fork("permutations")),
            Findings = [.. alignment.Findings, .. RunInputs.Findings(runs, options)],
        };
    }

    private static ComparableNumber Chosen(ComparableNumber[] run, string by) =>
        Array.Find(run, number => number.Key == Headlines.Key(by))
        ?? throw new ArgumentException($"There is no \"{by}\" to rank by. There are {string.Join(", ", run.Select(number => number.Key))}.", nameof(by));

    private static RunResult Result(ModelRun run, PairedEmbeddings pairs, ComparableNumber[] numbers) => new()
    {
        Name = run.Name,
        Dimensions = pairs.Dimensions,
        First = run.First.Provenance,
        Second = run.Second.Provenance,
        FirstRows = pairs.First.Rows,
        SecondRows = pairs.Second.Rows,
        Measures = numbers.ToDictionary(number => number.Key, number => number.Measurement),
    };

    private static RunDifference[] Differences(string[] names, List<ComparableNumber[]> numbers, int best)
    {
        List<RunDifference> differences = [];
        foreach (int against in best == 0 ? (int[])[0] : [0, best])
            for (int r = 0; r < names.Length; r++)
                // The reference less the best would be the best less the reference with its sign turned.
                if (r != against && (against == 0 || r != 0))
                    differences.Add(new RunDifference
                    {
                        Run = names[r],
                        Against = names[against],
                        Measures = numbers[r].Zip(numbers[against], (number, other) => number.Less(other)).ToDictionary(difference => difference.Key),
                    });
        return [.. differences];
    }
}
