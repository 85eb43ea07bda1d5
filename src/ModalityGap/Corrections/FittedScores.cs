using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>
/// What has been learned of scores: score = a_m (q·d) + b(d), b(d) = shift_m + w·d - draw of d on a bank of queries, for a document d of
/// modality m. It is an inner product: of [a_m d, b(d)] and [q, 1]. So any index of vectors can serve it. Immutable, for any thread.
/// </summary>
public sealed class FittedScores
{
    private readonly double[] direction;

    /// <summary>Puts it together.</summary>
    /// <param name="setting">What was fitted.</param>
    /// <param name="first">a and shift of the first modality.</param>
    /// <param name="second">a and shift of the second modality.</param>
    /// <param name="direction">w, d values, or none for 0; not copied.</param>
    /// <param name="bank">The bank, or none.</param>
    /// <param name="pairs">How many matching pairs it was learned from.</param>
    /// <exception cref="ArgumentException">A value is not finite, a scale not above 0, or both modalities are the same.</exception>
    public FittedScores(
        CorrectionSetting setting, ScoreScale first, ScoreScale second, double[]? direction = null, QueryBank? bank = null, int pairs = 0)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (first.Modality == second.Modality)
            throw new ArgumentException($"Both modalities are called \"{first.Modality}\".", nameof(second));
        foreach (ScoreScale scale in (ScoreScale[])[first, second])
            if (!double.IsFinite(scale.Scale) || scale.Scale <= 0 || !double.IsFinite(scale.Shift))
                throw new ArgumentException($"Scores of {scale.Modality} are not multiplied by {scale.Scale} and moved by {scale.Shift}.", nameof(first));
        if (direction?.All(double.IsFinite) == false)
            throw new ArgumentException("A value of the direction is not finite.", nameof(direction));
        (Setting, First, Second, Bank, Pairs) = (setting, first, second, bank, pairs);
        this.direction = direction ?? [];
    }

    /// <summary>What was fitted.</summary>
    public CorrectionSetting Setting { get; }

    /// <summary>a and shift of the first modality.</summary>
    public ScoreScale First { get; }

    /// <summary>a and shift of the second modality.</summary>
    public ScoreScale Second { get; }

    /// <summary>w, or none.</summary>
    public ReadOnlySpan<double> Direction => direction;

    /// <summary>The bank of queries, if there is one.</summary>
    public QueryBank? Bank { get; }

    /// <summary>How many matching pairs it was learned from.</summary>
    public int Pairs { get; }

    /// <summary>a of a modality's documents.</summary>
    /// <exception cref="ArgumentException">Nothing was learned about this modality.</exception>
    public double Scale(Modality modality) => Of(modality).Scale;

    /// <summary>b of each document.</summary>
    /// <param name="modality">Whose documents they are.</param>
    /// <param name="documents">n x d, corrected, of norm 1.</param>
    /// <param name="terms">n values.</param>
    public void Terms(Modality modality, ReadOnlySpan<float> documents, Span<double> terms)
    {
        double shift = Of(modality).Shift;
        int d = terms.Length == 0 ? 0 : documents.Length / terms.Length;
        if (Bank is not null)
            Bank.Draw(documents, terms);
        else
            terms.Clear();
        for (int i = 0; i < terms.Length; i++)
        {
            double along = direction.Length == 0 ? 0 : Dot.Float64(documents.Slice(i * d, d), direction);
            terms[i] = shift + along - terms[i];
        }
    }

    /// <summary>Rows with one value more: documents [a_m d, b(d)], queries [q, 1]; their inner products are the corrected scores.</summary>
    /// <param name="role">What the rows are used as.</param>
    /// <param name="rows">n x d, corrected.</param>
    public EmbeddingSet Bake(RowRole role, UnitEmbeddings rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int d = rows.Dimensions;
        var baked = GC.AllocateUninitializedArray<float>(checked(rows.Rows * (d + 1)));
        int blocks = (rows.Rows + RowMultiplier.BlockRows - 1) / RowMultiplier.BlockRows;
        WorkContext.Default.ForEach(blocks, block =>
        {
            int first = block * RowMultiplier.BlockRows, count = Math.Min(RowMultiplier.BlockRows, rows.Rows - first);
            Bake(role, d, rows.Values.AsSpan(first * d, count * d), baked.AsSpan(first * (d + 1), count * (d + 1)));
        });
        return new EmbeddingSet(rows.Modality, baked, d + 1, rows.Provenance, rows.Names);
    }

    /// <summary>The same for a block of rows.</summary>
    /// <param name="role">What the rows are used as.</param>
    /// <param name="dimensions">d.</param>
    /// <param name="rows">n x d, corrected.</param>
    /// <param name="output">n x (d + 1).</param>
    public void Bake(RowRole role, int dimensions, ReadOnlySpan<float> rows, Span<float> output)
    {
        int count = rows.Length / dimensions;
        if (count * dimensions != rows.Length || output.Length != count * (dimensions + 1))
            throw new ArgumentException($"{rows.Length} and {output.Length} values are not rows of {dimensions} and {dimensions + 1}.", nameof(output));
        double scale = role.AreQueries ? 1 : Scale(role.Modality);
        double[] terms = System.Buffers.ArrayPool<double>.Shared.Rent(count);
        if (!role.AreQueries)
            Terms(role.Modality, rows, terms.AsSpan(0, count));
        for (int i = 0; i < count; i++)
        {
            Span<float> target = output.Slice(i * (dimensions + 1), dimensions + 1);
            RowArithmetic.Affine(rows.Slice(i * dimensions, dimensions), [], [scale], [], target[..dimensions]);
            target[dimensions] = role.AreQueries ? 1 : (float)terms[i];
        }
        System.Buffers.ArrayPool<double>.Shared.Return(terms);
    }

    private ScoreScale Of(Modality modality) => modality == First.Modality ? First
        : modality == Second.Modality ? Second
        : throw new ArgumentException($"Scores were fitted for documents of {First.Modality} and {Second.Modality}, not of {modality}.", nameof(modality));
}

/// <summary>What is done to all scores of a modality's documents: score = scale · (q·d) + shift.</summary>
/// <param name="Modality">Whose documents.</param>
/// <param name="Scale">a, above 0.</param>
/// <param name="Shift">The constant part of b.</param>
public readonly record struct ScoreScale(Modality Modality, double Scale, double Shift)
{
    /// <summary>Scores as they are.</summary>
    public static ScoreScale None(Modality modality) => new(modality, 1, 0);
}
