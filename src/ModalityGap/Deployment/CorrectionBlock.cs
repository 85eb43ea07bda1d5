using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Deployment;

/// <summary>A block of rows on its way through a correction; used again for other blocks.</summary>
internal sealed class CorrectionBlock
{
    private readonly EmbeddingStream rows;
    private readonly Recipe recipe;
    private readonly WrittenType? type;
    private readonly StreamBatch batch;
    private readonly float[] unit;
    private readonly float[] corrected;
    private readonly float[] baked;
    private readonly byte[] encoded;
    private readonly int[] positions;
    private readonly int blockRows;

    /// <summary>Room for so many rows.</summary>
    /// <param name="rows">Where they come from.</param>
    /// <param name="recipe">What is done to them.</param>
    /// <param name="type">As what they are encoded, or <c>null</c> for not at all.</param>
    /// <param name="blockRows">How many.</param>
    public CorrectionBlock(EmbeddingStream rows, Recipe recipe, WrittenType? type, int blockRows)
    {
        (this.rows, this.recipe, this.type, this.blockRows) = (rows, recipe, type, blockRows);
        batch = new StreamBatch([rows], blockRows);
        unit = new float[blockRows * rows.Dimensions];
        corrected = new float[blockRows * recipe.Correction.OutputDimensions];
        baked = recipe.Bakes ? new float[blockRows * recipe.Dimensions] : corrected;
        encoded = type is null ? [] : new byte[baked.Length * RowWriting.SizeOf(type.Value)];
        positions = new int[blockRows];
    }

    /// <summary>Rows without a direction.</summary>
    public FaultTally Faults { get; } = new();

    /// <summary>Rows that had a direction and lost it; numbered as in the file.</summary>
    public LostRows Lost { get; private set; }

    /// <summary>How many rows come out.</summary>
    public int Kept { get; private set; }

    /// <summary>The number of the block's first row in the file.</summary>
    public long First => batch.FirstItem;

    /// <summary>The number of the row after the block's last one.</summary>
    public long End => First + batch.Items;

    /// <summary>The rows that come out.</summary>
    public ReadOnlySpan<float> Values => baked.AsSpan(0, Kept * recipe.Dimensions);

    /// <summary>Their elements.</summary>
    public ReadOnlySpan<byte> Encoded => encoded.AsSpan(0, Kept * recipe.Dimensions * RowWriting.SizeOf(type!.Value));

    /// <summary>Their numbers in the block.</summary>
    public ReadOnlySpan<int> Positions => positions.AsSpan(0, Kept);

    /// <summary>Reads and corrects the block that begins at a row; for any thread, one at a time.</summary>
    public void Fill(long first)
    {
        batch.Read(first, (int)Math.Min(blockRows, rows.Rows - first));
        Faults.Clear();
        Lost = default;
        Normalize();
        if (Kept == 0 || (Faults.Count > 0 && !recipe.SkipInvalid))
            return;
        Correct();
        if (recipe.Bakes && (Lost.Count == 0 || recipe.SkipInvalid))
            recipe.Correction.Scores!.Bake(
                recipe.Role, recipe.Correction.OutputDimensions, corrected.AsSpan(0, Kept * recipe.Correction.OutputDimensions), baked.AsSpan(0, Kept * recipe.Dimensions));
        if (type is not null)
            Encode();
    }

    // Rows without a direction leave no room between the others.
    private void Normalize()
    {
        int d = rows.Dimensions;
        batch.CopyRows(0, 0, unit.AsSpan(0, batch.Items * d));
        Kept = 0;
        for (int i = 0; i < batch.Items; i++)
        {
            double norm = UnitEmbeddings.NormalizeRow(unit.AsSpan(i * d, d), unit.AsSpan(Kept * d, d));
            if (FaultTally.IsFaulty(norm))
                Faults.Add(First + i, norm);
            else
                positions[Kept++] = i;
        }
    }

    private void Correct()
    {
        int d = rows.Dimensions, k = recipe.Correction.OutputDimensions;
        if (recipe.Transform.Apply(unit.AsSpan(0, Kept * d), corrected.AsSpan(0, Kept * k)).Count == 0)
            return;
        // A row that one step lost may look like any other after the next: each is asked alone.
        LostRows lost = default;
        int left = 0;
        for (int i = 0; i < Kept; i++)
            if (recipe.Transform.Apply(unit.AsSpan(i * d, d), corrected.AsSpan(left * k, k)).Count == 0)
                positions[left++] = positions[i];
            else
                lost.Add(First + positions[i]);
        (Lost, Kept) = (lost, left);
    }

    private void Encode()
    {
        int beyond = RowWriting.Encode(Values, encoded, type!.Value);
        if (beyond >= 0)
            throw RowWriting.Beyond(rows.Provenance.Source, recipe.Role.Modality, First + positions[beyond / recipe.Dimensions], Values[beyond]);
    }

    /// <summary>What is done to every row.</summary>
    internal sealed class Recipe(FittedCorrection correction, RowRole role, bool baked, bool skipInvalid)
    {
        public FittedCorrection Correction { get; } = correction;

        public RowRole Role { get; } = role;

        public RowTransform Transform { get; } = correction.Transform(role);

        public bool SkipInvalid { get; } = skipInvalid;

        /// <summary>Whether rows get one more value.</summary>
        public bool Bakes { get; } = baked && correction.Scores is not null;

        public int Dimensions => Bakes ? Correction.BakedDimensions : Correction.OutputDimensions;
    }
}
