namespace ModalityGap.Sources;

/// <summary>An element type of NumPy in a pickle: made from its code, then given its byte order.</summary>
internal sealed class PickledType(string code)
{
    private string code = code;

    /// <summary>The code with the byte order before it.</summary>
    public string Code => code;

    /// <summary>Sets (version, order, subtype, names, fields, size, alignment, flags).</summary>
    public bool TrySet(PickleValue[] state)
    {
        if (state.Length < 5 || PickleText.Of(state[1]) is not ['<' or '>' or '=' or '|'] order)
            return false;
        string plain = code.TrimStart('<', '>', '=', '|');
        code = state[2].IsNone && state[3].IsNone ? order + plain : "[";
        return true;
    }
}

/// <summary>An array of NumPy in a pickle: made empty, then given its type, shape and bytes.</summary>
internal sealed class PickledArray
{
    public string TypeCode { get; private set; } = "?";

    public long[] Shape { get; private set; } = [0];

    public bool FortranOrder { get; private set; }

    /// <summary>Its elements; <c>null</c> where they are objects.</summary>
    public StoredBytes? Data { get; private set; }

    /// <summary>Sets (version, shape, type, Fortran order, bytes); the oldest arrays lack the version.</summary>
    public bool TrySet(SourceFile file, PickleValue[] state)
    {
        if (state is not [.., { } shape, { } type, { } fortran, { } data])
            return false;
        return TrySet(file, shape, type, fortran.IsTrue, data);
    }

    public bool TrySet(SourceFile file, PickleValue shape, PickleValue type, bool fortran, PickleValue data)
    {
        if (PickleCalls.Integers(shape) is not long[] lengths || type.Item is not PickledType { Code: string code })
            return false;
        Data = data.Item as StoredBytes ?? PickleText.ToLatin(file, data);
        TypeCode = code;
        Shape = lengths;
        FortranOrder = fortran;
        return Data is not null || data.Item is PickleList;
    }

    /// <summary>The array as a reader of rows sees it, its length checked.</summary>
    public StoredArray ToStored(SourceFile file, string? key)
    {
        ElementType type = NpyType.Of(TypeCode);
        string subject = key is null ? "" : $"array {Shown.Name(key)}: ";
        string shape = Shown.Shape(Shape);
        if (Shape.Any(length => length < 0))
            throw file.Fault($"{subject}its pickle gives a negative length, {shape}.", PickleInput.Damaged);
        StoredBytes bytes = Data ?? new MemoryBytes([]);
        bool fits = type.Number is null
            || (StoredArray.Count(Shape) is long count && count <= bytes.Length && count * type.Size == bytes.Length);
        return fits
            ? new StoredArray(key, type, Shape, FortranOrder, bytes, 0)
            : throw file.Fault($"{subject}its shape {shape} of {type.Name} does not fit its {Shown.Bytes(bytes.Length)} of data.", PickleInput.Damaged);
    }
}
