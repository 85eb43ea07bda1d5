using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Comparing;

/// <summary>Reads the two modalities of a model from its files.</summary>
internal static class RunFiles
{
    /// <param name="run">The model.</param>
    /// <param name="options">How files are read.</param>
    /// <param name="names">Names of the modalities, or <c>null</c>.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="EmbeddingDataException">The files cannot be used, or hold other than two modalities.</exception>
    public static ModelRun Read(RunWord run, ReadOptions options, IReadOnlyList<string>? names, CancellationToken cancellation)
    {
        IReadOnlyList<EmbeddingSet> sets = run.Paths.Count == 1 && Directory.Exists(run.Paths[0])
            ? RunFolder.Read(run.Paths[0], options, cancellation)
            : [.. run.Paths.SelectMany(path => EmbeddingFile.Read(path, options, cancellation))];
        if (sets.Count == 1)
            throw new EmbeddingDataException(
                run.Paths[0], "it holds one modality; a gap lies between two.", "Give both files with a comma between, such as img.npy,txt.npy.");
        if (sets.Count != 2)
            throw new EmbeddingDataException(
                run.Paths[0], $"it holds {sets.Count} modalities.", "A model is compared by two: choose them with --key or --column.");
        sets = ModalitiesOption.Apply(sets, names);
        return new ModelRun(run.Name, sets[0], sets[1]);
    }

    /// <summary>The models with the modalities in the order of the first model's, where they have the same two.</summary>
    public static IReadOnlyList<ModelRun> InOneOrder(IReadOnlyList<ModelRun> runs) =>
        [.. runs.Select(run => run.First.Modality == runs[0].Second.Modality && run.Second.Modality == runs[0].First.Modality
            ? new ModelRun(run.Name, run.Second, run.First)
            : run)];
}
