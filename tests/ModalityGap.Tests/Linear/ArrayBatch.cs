using ModalityGap.Embeddings;

namespace ModalityGap.Tests.Linear;

/// <summary>Items from memory: rows[modality][item].</summary>
internal sealed class ArrayBatch(float[][][] rows, int first, int count) : IRowBatch
{
    public long FirstItem => first;

    public int Items => count;

    public void CopyRow(int modality, int item, Span<float> target) => rows[modality][first + item].CopyTo(target);
}
