using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>A block of items as they are stored, read from all streams in step.</summary>
internal sealed class StreamBatch : IRowBatch
{
    private readonly IReadOnlyList<EmbeddingStream> streams;
    private readonly byte[][] bytes;

    /// <summary>Room for so many items.</summary>
    public StreamBatch(IReadOnlyList<EmbeddingStream> streams, int mostItems)
    {
        this.streams = streams;
        bytes = [.. streams.Select(stream => stream.Held is null ? new byte[mostItems * stream.RowBytes] : [])];
    }

    public long FirstItem { get; private set; }

    public int Items { get; private set; }

    /// <summary>The bytes of a modality's rows; none where they are in memory.</summary>
    public ReadOnlySpan<byte> Bytes(int modality) => Used(modality);

    /// <summary>Reads items; for any thread, one at a time.</summary>
    public void Read(long firstItem, int items)
    {
        (FirstItem, Items) = (firstItem, items);
        for (int m = 0; m < bytes.Length; m++)
            if (streams[m].Held is null)
                streams[m].ReadBytes(firstItem, Used(m));
    }

    public void CopyRows(int modality, int first, Span<float> target)
    {
        EmbeddingStream stream = streams[modality];
        int count = target.Length / stream.Dimensions;
        if (stream.Held is { } set)
            set.Values.AsSpan((int)(FirstItem + first) * stream.Dimensions, target.Length).CopyTo(target);
        else
            stream.Convert(bytes[modality].AsSpan(first * stream.RowBytes, count * stream.RowBytes), target);
    }

    private Span<byte> Used(int modality) =>
        streams[modality].Held is null ? bytes[modality].AsSpan(0, Items * streams[modality].RowBytes) : default;
}
