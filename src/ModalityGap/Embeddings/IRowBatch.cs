namespace ModalityGap.Embeddings;

/// <summary>A run of items of several modalities, one row of each: what a single pass over the rows sees at a time.</summary>
internal interface IRowBatch
{
    /// <summary>The index of the first item in its files.</summary>
    long FirstItem { get; }

    /// <summary>Number of items.</summary>
    int Items { get; }

    /// <summary>Writes consecutive rows as they were read, in float32.</summary>
    /// <param name="modality">Index of the modality.</param>
    /// <param name="first">Index of the first item within the batch.</param>
    /// <param name="target">d values for each row that is wanted.</param>
    void CopyRows(int modality, int first, Span<float> target);
}
