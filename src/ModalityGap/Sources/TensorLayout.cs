namespace ModalityGap.Sources;

/// <summary>Finds the elements of a tensor in its storage: as they lie, in Fortran order, or by their strides.</summary>
internal static class TensorLayout
{
    /// <param name="file">The file, for faults.</param>
    /// <param name="key">The tensor's key, or <c>null</c>.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="storage">The bytes of its storage.</param>
    /// <param name="bigEndian">Whether the most significant byte comes first.</param>
    public static StoredArray Place(SourceFile file, string? key, TorchTensor tensor, FileRegion storage, bool bigEndian)
    {
        ElementType type = tensor.Type.ToElements(bigEndian);
        string subject = key is null ? "" : $"array {Shown.Name(key)}: ";
        string shape = Shown.Shape(tensor.Shape);
        bool odd = tensor.Shape.Length != tensor.Strides.Length || tensor.Offset < 0
            || tensor.Shape.Any(length => length < 0) || tensor.Strides.Any(stride => stride < 0);
        if (odd)
            throw file.Fault(
                $"{subject}its shape {shape}, strides {Shown.Shape(tensor.Strides)} and offset {tensor.Offset} are no view of a storage.",
                PickleInput.Damaged);
        int size = tensor.Type.Width;
        if (StoredArray.Count(tensor.Shape) is not long count || count > long.MaxValue / size)
            throw file.Fault($"{subject}its pickle announces the impossible shape {shape}.", PickleInput.Damaged);
        if (count == 0)
            return new StoredArray(key, type, tensor.Shape, false, storage.Slice(0, 0), 0);
        Int128 last = tensor.Shape.Zip(tensor.Strides, Reach).Aggregate((Int128)tensor.Offset, (sum, reach) => sum + reach);
        Int128 needed = size * (last + 1);
        if (needed > storage.Length)
            throw file.Fault(
                $"{subject}shape {shape} of {type.Name} needs {needed:N0} bytes of its storage {Shown.Name(tensor.Storage.Key)}, "
                + $"{Shown.Bytes(storage.Length)} are there.",
                PickleInput.Damaged);
        FileRegion covered = storage.Slice(tensor.Offset * size, (long)needed - (tensor.Offset * size));
        if (Follows(tensor.Shape, tensor.Strides))
            return new StoredArray(key, type, tensor.Shape, false, covered, 0);
        if (Follows([.. tensor.Shape.Reverse()], [.. tensor.Strides.Reverse()]))
            return new StoredArray(key, type, tensor.Shape, true, covered, 0);
        var strided = new StridedBytes(file, covered, tensor.Shape, [.. tensor.Strides.Select(stride => stride * size)], size);
        return new StoredArray(key, type, tensor.Shape, false, strided, 0);
    }

    private static Int128 Reach(long length, long stride) => (Int128)(length - 1) * stride;

    /// <summary>Whether elements follow each other with the last axis running fastest.</summary>
    private static bool Follows(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        long expected = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (shape[axis] > 1 && strides[axis] != expected)
                return false;
            expected *= shape[axis];
        }
        return true;
    }
}
