using ModalityGap.Embeddings;

namespace ModalityGap.Tests.Linear;

/// <summary>Items from memory: rows[modality][item].</summary>
internal sealed class ArrayBatch(float[][][] rows, int first, int count) : IRowBatch
{
    public long FirstItem => first;

    public int Items => count;

    public void CopyRows(int modality, int from, Span<float> target)
    {
        for (int item = first + from; !target.IsEmpty; item++)
        {
            rows[modality][item].CopyTo(target);
            target = target[rows[modality][item].Length..];
        }
    }
}
