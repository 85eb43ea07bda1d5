using System.Buffers;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>
/// A correction that has learned: for each role of a row a chain of affine steps, and perhaps what is added to scores afterwards. It can be
/// applied to any rows of the same model. Immutable, for any thread.
/// </summary>
public sealed class FittedCorrection
{
    private readonly (RowRole Role, RowTransform Transform)[] transforms;

    /// <summary>Puts a fitted correction together.</summary>
    /// <param name="settings">What was fitted, in the order in which it is applied.</param>
    /// <param name="origin">On what.</param>
    /// <param name="transforms">One for each role; first the documents of the two modalities.</param>
    /// <param name="scores">What is done to scores of corrected rows; default nothing.</param>
    /// <exception cref="ArgumentException">Roles are missing or named twice, or their rows would end in different spaces.</exception>
    public FittedCorrection(
        IReadOnlyList<CorrectionSetting> settings,
        CorrectionOrigin origin,
        IReadOnlyList<(RowRole Role, RowTransform Transform)> transforms,
        FittedScores? scores = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(transforms);
        if (transforms.Count < 2 || transforms.Take(2).Any(entry => entry.Role.AreQueries))
            throw new ArgumentException("The documents of two modalities come first.", nameof(transforms));
        if (transforms.DistinctBy(entry => entry.Role).Count() < transforms.Count)
            throw new ArgumentException("A role is named twice.", nameof(transforms));
        OutputDimensions = transforms[0].Transform.OutputDimensions;
        if (transforms.Any(entry => entry.Transform.OutputDimensions != OutputDimensions))
            throw new ArgumentException("The rows would end in spaces of different dimensions and have no products.", nameof(transforms));
        if (scores?.Bank is { } bank && bank.Dimensions != OutputDimensions)
            throw new ArgumentException($"The bank of queries has {bank.Dimensions} dimensions, corrected rows {OutputDimensions}.", nameof(scores));
        if (scores is not null && scores.Direction.Length > 0 && scores.Direction.Length != OutputDimensions)
            throw new ArgumentException($"The direction of scores has {scores.Direction.Length} values, corrected rows {OutputDimensions}.", nameof(scores));
        (Settings, Origin, Scores) = ([.. settings], origin, scores);
        this.transforms = [.. transforms];
    }

    /// <summary>The ids of what was fitted, joined by <c>+</c>.</summary>
    public string Id => string.Join('+', Settings.Select(setting => setting.Id));

    /// <summary>What it does, as an order without a full stop.</summary>
    public string Description => string.Join("; then ", Settings.Select(setting => setting.Description));

    /// <summary>What was fitted, in the order in which it is applied.</summary>
    public IReadOnlyList<CorrectionSetting> Settings { get; }

    /// <summary>On what it was fitted.</summary>
    public CorrectionOrigin Origin { get; }

    /// <summary>The first modality.</summary>
    public Modality First => transforms[0].Role.Modality;

    /// <summary>The second modality.</summary>
    public Modality Second => transforms[1].Role.Modality;

    /// <summary>k of corrected rows.</summary>
    public int OutputDimensions { get; }

    /// <summary>Values of a baked row: one more than of a corrected one where scores are corrected too.</summary>
    public int BakedDimensions => OutputDimensions + (Scores is null ? 0 : 1);

    /// <summary>What is done to the scores of corrected rows; <c>null</c> for nothing.</summary>
    public FittedScores? Scores { get; }

    /// <summary>What is done to rows, by role.</summary>
    public IReadOnlyList<(RowRole Role, RowTransform Transform)> Transforms => transforms;

    /// <summary>What is done to rows of a role. Queries for which nothing was learned are treated as documents of their modality.</summary>
    /// <exception cref="ArgumentException">Nothing was learned about this modality.</exception>
    public RowTransform Transform(RowRole role)
    {
        foreach ((RowRole known, RowTransform transform) in transforms)
            if (known == role)
                return transform;
        if (role.AreQueries)
            return Transform(RowRole.Documents(role.Modality));
        string roles = string.Join(", ", transforms.Select(entry => entry.Role));
        throw new ArgumentException($"The correction {Id} was fitted for {roles}, not for {role}.", nameof(role));
    }

    /// <summary>Corrects documents of the first modality.</summary>
    /// <exception cref="EmbeddingDataException">A row became zero, or rows have other dimensions.</exception>
    public UnitEmbeddings ApplyToFirst(UnitEmbeddings rows) => Apply(transforms[0].Role, rows);

    /// <summary>Corrects documents of the second modality.</summary>
    /// <exception cref="EmbeddingDataException">A row became zero, or rows have other dimensions.</exception>
    public UnitEmbeddings ApplyToSecond(UnitEmbeddings rows) => Apply(transforms[1].Role, rows);

    /// <summary>Corrects rows of any role.</summary>
    /// <exception cref="EmbeddingDataException">A row became zero, or rows have other dimensions.</exception>
    public UnitEmbeddings Apply(RowRole role, UnitEmbeddings rows) => Apply(role, rows, WorkContext.Default);

    /// <summary>Corrects a block of rows, or one, without garbage: for streams of any length and for single queries.</summary>
    /// <param name="role">What the rows are used as.</param>
    /// <param name="rows">n x d, each of norm 1.</param>
    /// <param name="output">n x k.</param>
    /// <param name="source">What to call the rows in a message.</param>
    /// <param name="firstRow">The number of the block's first row in that source.</param>
    /// <exception cref="ArgumentException">The lengths are not those of whole rows.</exception>
    /// <exception cref="EmbeddingDataException">A row became zero.</exception>
    public void Apply(RowRole role, ReadOnlySpan<float> rows, Span<float> output, string source = "memory", long firstRow = 0)
    {
        RowTransform transform = Transform(role);
        int count = rows.Length / transform.InputDimensions;
        if (count * transform.InputDimensions != rows.Length || output.Length != count * transform.OutputDimensions)
            throw new ArgumentException(
                $"{rows.Length} and {output.Length} values are not rows of {transform.InputDimensions} and {transform.OutputDimensions}.", nameof(output));
        LostRows lost = transform.Apply(rows, output);
        if (lost.Count > 0)
            throw lost.AsException(source, firstRow, Id);
    }

    /// <summary>This correction, followed by one that was fitted on what it gave.</summary>
    public FittedCorrection Then(FittedCorrection next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (Scores is not null)
            throw new InvalidOperationException("What is done to scores comes last.");
        IEnumerable<RowRole> roles = transforms.Select(entry => entry.Role).Union(next.transforms.Select(entry => entry.Role));
        return new FittedCorrection(
            [.. Settings, .. next.Settings],
            Origin with { Pairs = Math.Max(Origin.Pairs, next.Origin.Pairs) },
            [.. roles.Select(role => (role, Transform(role).Then(next.Transform(role))))],
            next.Scores);
    }

    /// <summary>This correction of rows, followed by one of their scores that was fitted on what it gave.</summary>
    public FittedCorrection With(FittedScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return Scores is null
            ? new FittedCorrection([.. Settings, scores.Setting], Origin with { Pairs = Math.Max(Origin.Pairs, scores.Pairs) }, transforms, scores)
            : throw new InvalidOperationException("The scores are corrected already.");
    }

    /// <summary>
    /// Corrects rows and writes what is done to scores into them: the inner product of a baked query and a baked document ranks documents
    /// as the corrected scores do. Without such scores the corrected rows themselves.
    /// </summary>
    /// <returns>Rows of k + 1 values, k without scores; documents of it are in general not of norm 1.</returns>
    /// <exception cref="EmbeddingDataException">A row became zero, or rows have other dimensions.</exception>
    public EmbeddingSet Bake(RowRole role, UnitEmbeddings rows)
    {
        UnitEmbeddings corrected = Apply(role, rows);
        return Scores?.Bake(role, corrected)
            ?? new EmbeddingSet(corrected.Modality, corrected.Values, corrected.Dimensions, corrected.Provenance, corrected.Names);
    }

    /// <summary>The same for a block of rows of norm 1: n x d values become n rows of <see cref="BakedDimensions"/>.</summary>
    /// <exception cref="ArgumentException">The lengths are not those of whole rows.</exception>
    /// <exception cref="EmbeddingDataException">A row became zero.</exception>
    public void Bake(RowRole role, ReadOnlySpan<float> rows, Span<float> output, string source = "memory", long firstRow = 0)
    {
        if (Scores is null)
        {
            Apply(role, rows, output, source, firstRow);
            return;
        }
        int values = rows.Length / Transform(role).InputDimensions * OutputDimensions;
        float[] corrected = ArrayPool<float>.Shared.Rent(values);
        Apply(role, rows, corrected.AsSpan(0, values), source, firstRow);
        Scores.Bake(role, OutputDimensions, corrected.AsSpan(0, values), output);
        ArrayPool<float>.Shared.Return(corrected);
    }

    internal UnitEmbeddings Apply(RowRole role, UnitEmbeddings rows, WorkContext work)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Transform(role).Apply(rows, Id, work);
    }
}
