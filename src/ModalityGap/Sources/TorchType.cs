namespace ModalityGap.Sources;

/// <summary>An element type of PyTorch.</summary>
/// <param name="Name">As PyTorch names it, such as <c>bfloat16</c>.</param>
/// <param name="Storage">The class of a storage of it, such as <c>BFloat16Storage</c>.</param>
/// <param name="Width">Bytes per element, also of a type that is not read.</param>
internal sealed record TorchType(string Name, string Storage, int Width)
{
    private const string AsFloat = "Save tensor.float().";

    public static IReadOnlyList<TorchType> All { get; } =
    [
        new("float32", "FloatStorage", 4),
        new("float16", "HalfStorage", 2),
        new("bfloat16", "BFloat16Storage", 2),
        new("float64", "DoubleStorage", 8),
        new("int8", "CharStorage", 1),
        new("uint8", "ByteStorage", 1),
        new("int16", "ShortStorage", 2),
        new("int32", "IntStorage", 4),
        new("int64", "LongStorage", 8),
        new("bool", "BoolStorage", 1),
        new("complex64", "ComplexFloatStorage", 8),
        new("complex128", "ComplexDoubleStorage", 16),
        new("quint8", "QUInt8Storage", 1),
        new("qint8", "QInt8Storage", 1),
        new("qint32", "QInt32Storage", 4),
        new("float8_e4m3fn", "Float8_e4m3fnStorage", 1),
        new("float8_e5m2", "Float8_e5m2Storage", 1),
        new("float8_e4m3fnuz", "Float8_e4m3fnuzStorage", 1),
        new("float8_e5m2fnuz", "Float8_e5m2fnuzStorage", 1),
        new("uint16", "UInt16Storage", 2),
        new("uint32", "UInt32Storage", 4),
        new("uint64", "UInt64Storage", 8),
    ];

    /// <summary>A storage without a type of its own counts bytes.</summary>
    public static TorchType Bytes { get; } = All.First(type => type.Name == "uint8");

    public ElementType ToElements(bool bigEndian) => Name switch
    {
        "float32" => ElementType.Readable(NumberType.Float32, bigEndian),
        "float16" => ElementType.Readable(NumberType.Float16, bigEndian),
        "bfloat16" => ElementType.Readable(NumberType.BFloat16, bigEndian),
        "float64" => ElementType.Readable(NumberType.Float64, bigEndian),
        "int8" => ElementType.Readable(NumberType.Int8),
        "uint8" => ElementType.Readable(NumberType.UInt8),
        ['i' or 'u', ..] => ElementType.Integer(Name),
        "bool" => ElementType.Unreadable("bool", "truth values (bool)", AsFloat),
        ['c', ..] => ElementType.Unreadable("complex", "complex numbers", "Save their real part or their modulus."),
        ['q', ..] => ElementType.Unreadable(Name, $"quantised with a scale of their own ({Name})", "Save tensor.dequantize()."),
        _ => ElementType.Unreadable(Name, $"floats of eight bits ({Name})", AsFloat),
    };
}
