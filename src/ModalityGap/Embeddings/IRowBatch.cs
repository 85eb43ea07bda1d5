namespace ModalityGap.Embeddings;

/// <summary>A run of items of several modalities, one row of each: what a single pass over the rows sees at a time.</summary>
internal interface IRowBatch
{
    /// <summary>The index of the first item in its files.</summary>
    long FirstItem { get; }

    /// <summary>Number of items.</summary>
    int Items { get; }

    /// <summary>Writes a row as it was read, d float32 values.</summary>
    /// <param name="modality">Index of the modality.</param>
    /// <param name="item">Index of the item within the batch.</param>
    /// <param name="target">d values.</param>
    void CopyRow(int modality, int item, Span<float> target);
}
