namespace ModalityGap.Sources;

/// <summary>The codes of element types in safetensors; always in little-endian order.</summary>
internal static class SafetensorsType
{
    private const string AsFloat = "Save tensor.float().";

    public static ElementType Of(string code) => code switch
    {
        "F32" => ElementType.Readable(NumberType.Float32),
        "F16" => ElementType.Readable(NumberType.Float16),
        "BF16" => ElementType.Readable(NumberType.BFloat16),
        "F64" => ElementType.Readable(NumberType.Float64),
        "I8" => ElementType.Readable(NumberType.Int8),
        "U8" => ElementType.Readable(NumberType.UInt8),
        "I16" => ElementType.Integer("int16"),
        "I32" => ElementType.Integer("int32"),
        "I64" => ElementType.Integer("int64"),
        "U16" => ElementType.Integer("uint16"),
        "U32" => ElementType.Integer("uint32"),
        "U64" => ElementType.Integer("uint64"),
        "BOOL" => ElementType.Unreadable("bool", "truth values (BOOL)", AsFloat),
        "C64" => ElementType.Unreadable("complex", "complex numbers", "Save their real part or their modulus."),
        ['F', '4' or '6' or '8', ..] => ElementType.Unreadable(
            Shown.Name(code), $"floats of eight bits or fewer ({Shown.Name(code)})", AsFloat),
        _ => ElementType.Unreadable("unknown", $"of the unknown type '{Shown.Name(code)}'", AsFloat),
    };
}
