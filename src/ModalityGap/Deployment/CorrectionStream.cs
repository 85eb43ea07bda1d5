using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Deployment;

/// <summary>
/// Applies a fitted correction to rows of any number, a block at a time: as read, set to norm 1, corrected. The bits are those of
/// <see cref="FittedCorrection.Apply(RowRole, UnitEmbeddings)"/> and <see cref="FittedCorrection.Bake(RowRole, UnitEmbeddings)"/>, whatever the threads.
/// </summary>
public static class CorrectionStream
{
    /// <summary>Writes corrected rows as a NumPy file, in constant memory.</summary>
    /// <param name="rows">Rows as they were read.</param>
    /// <param name="correction">What is done to them.</param>
    /// <param name="role">What the rows are used as.</param>
    /// <param name="target">Where to; left open. It need not be able to seek. After an exception what was written is of no use.</param>
    /// <param name="type">The element type to write.</param>
    /// <param name="options">How; default <see cref="ApplyOptions"/> as it is.</param>
    /// <param name="progress">Told how far the work has come; may be called from any thread.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The correction knows nothing about this role.</exception>
    /// <exception cref="EmbeddingDataException">Rows have other dimensions, cannot be read, or have no direction.</exception>
    public static AppliedRows WriteNpy(
        EmbeddingStream rows,
        FittedCorrection correction,
        RowRole role,
        Stream target,
        WrittenType type = WrittenType.Float32,
        ApplyOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        CorrectionPass pass = Pass(rows, correction, role, options, cancellation);
        long kept = pass.CountRows(progress);
        NpyFormat.WriteHeader(target, type, kept, pass.Dimensions);
        pass.Write(target, type, progress);
        return new AppliedRows(kept, pass.Dimensions, rows.Rows - kept);
    }

    /// <summary>The corrected rows in memory, with the ids, labels and captions that came with them.</summary>
    /// <param name="rows">Rows as they were read.</param>
    /// <param name="correction">What is done to them.</param>
    /// <param name="role">What the rows are used as.</param>
    /// <param name="options">How; default <see cref="ApplyOptions"/> as it is.</param>
    /// <param name="progress">Told how far the work has come; may be called from any thread.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The correction knows nothing about this role.</exception>
    /// <exception cref="EmbeddingDataException">Rows have other dimensions, cannot be read, have no direction, or are more than one array holds.</exception>
    public static EmbeddingSet Read(
        EmbeddingStream rows,
        FittedCorrection correction,
        RowRole role,
        ApplyOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellation = default) => Pass(rows, correction, role, options, cancellation).Collect(progress);

    private static CorrectionPass Pass(
        EmbeddingStream rows, FittedCorrection correction, RowRole role, ApplyOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(correction);
        options ??= new ApplyOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        int taken = correction.Transform(role).InputDimensions;
        if (options.Baked && !role.AreQueries)
            _ = correction.Scores?.Scale(role.Modality);
        if (rows.Dimensions != taken)
            throw new EmbeddingDataException(
                rows.Provenance.Source,
                $"its rows have {rows.Dimensions} dimensions, and the correction {correction.Id} takes {taken} of {role}.",
                "Apply it to embeddings of the model that it was fitted for.");
        if (rows.Rows == 0)
            throw new EmbeddingDataException(rows.Provenance.Source, "it holds no rows.", "Check that the export finished.");
        return new CorrectionPass(rows, correction, role, options, cancellation);
    }
}
