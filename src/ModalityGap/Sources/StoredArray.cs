using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>An array in a file, as its header describes it and its length confirms.</summary>
/// <param name="Key">Its key; <c>null</c> where the format has none.</param>
/// <param name="Type">Its element type, readable or not.</param>
/// <param name="Shape">The length of each axis, none negative.</param>
/// <param name="FortranOrder">Whether the first axis runs fastest.</param>
/// <param name="Bytes">The bytes that hold it.</param>
/// <param name="DataOffset">Where in the bytes the elements begin.</param>
internal sealed record StoredArray(
    string? Key, ElementType Type, IReadOnlyList<long> Shape, bool FortranOrder, StoredBytes Bytes, long DataOffset)
{
    /// <summary>Ids, labels and captions of its rows, where they stand beside it.</summary>
    public RowNames Names { get; init; } = RowNames.None;

    /// <summary>How to say which array is meant: empty where the file is the array.</summary>
    public string Subject => Key is null ? "" : $"array {Shown.Name(Key)}: ";

    /// <summary>How its axes read as modalities, rows and dimensions; <c>null</c> when <see cref="Fault"/> says why not.</summary>
    public ArrayForm? Form => Fault is null ? ArrayForm.Of(Shape) : null;

    /// <summary>Why it cannot be used; <c>null</c> when it can.</summary>
    public ArrayFault? Fault => Type.Fault ?? ArrayForm.FaultOf(Shape);

    /// <summary>Number of elements, or <c>null</c> when it does not fit 63 bits.</summary>
    public static long? Count(IReadOnlyList<long> shape)
    {
        long count = 1;
        foreach (long length in shape)
        {
            if (length == 0)
                return 0;
            if (count > long.MaxValue / length)
                return null;
            count *= length;
        }
        return count;
    }
}
