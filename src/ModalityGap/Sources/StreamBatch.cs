using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>A block of items as they are stored, read from all streams in step.</summary>
internal sealed class StreamBatch : IRowBatch
{
    private readonly byte[][] bytes;
    private IReadOnlyList<EmbeddingStream> streams;
    private long origin;

    /// <summary>Room for so many items.</summary>
    public StreamBatch(IReadOnlyList<EmbeddingStream> streams, int mostItems)
    {
        this.streams = streams;
        bytes = [.. streams.Select(stream => stream.Held is null ? new byte[mostItems * stream.RowBytes] : [])];
    }

    /// <summary>The first row in its files.</summary>
    public long FirstRow { get; private set; }

    public long FirstItem => origin + FirstRow;

    public int Items { get; private set; }

    /// <summary>The bytes of a modality's rows; none where they are in memory.</summary>
    public ReadOnlySpan<byte> Bytes(int modality) => Used(modality);

    /// <summary>Goes on with other streams of the same modalities, whose rows are stored in the same way.</summary>
    /// <param name="others">One per modality.</param>
    /// <param name="firstItem">The identity of the item that their first rows are.</param>
    public void Follow(IReadOnlyList<EmbeddingStream> others, long firstItem) => (streams, origin, Items) = (others, firstItem, 0);

    /// <summary>Reads items; for any thread, one at a time.</summary>
    public void Read(long firstRow, int items)
    {
        (FirstRow, Items) = (firstRow, items);
        for (int m = 0; m < bytes.Length; m++)
            if (streams[m].Held is null)
                streams[m].ReadBytes(firstRow, Used(m));
    }

    public void CopyRows(int modality, int first, Span<float> target)
    {
        EmbeddingStream stream = streams[modality];
        int count = target.Length / stream.Dimensions;
        if (stream.Held is { } set)
            set.Values.AsSpan((int)(FirstRow + first) * stream.Dimensions, target.Length).CopyTo(target);
        else
            stream.Convert(bytes[modality].AsSpan(first * stream.RowBytes, count * stream.RowBytes), target);
    }

    private Span<byte> Used(int modality) =>
        streams[modality].Held is null ? bytes[modality].AsSpan(0, Items * streams[modality].RowBytes) : default;
}
