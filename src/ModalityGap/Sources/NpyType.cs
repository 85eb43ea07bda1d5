namespace ModalityGap.Sources;

/// <summary>NumPy's codes of element types, such as <c>&lt;f4</c>: byte order, kind, bytes.</summary>
internal static class NpyType
{
    private const string AsFloat = "Save x.astype(numpy.float32).";

    public static ElementType Of(string code)
    {
        if (code.StartsWith('[') || code.StartsWith('('))
            return ElementType.Unreadable(
                "structured",
                "records of named fields (a structured array)",
                "Save the numbers alone, such as x['embedding'].astype(numpy.float32).");
        bool ordered = code is ['<' or '>' or '=' or '|', ..];
        bool bigEndian = code.StartsWith('>');
        string plain = ordered ? code[1..] : code;
        return plain switch
        {
            "f2" => ElementType.Readable(NumberType.Float16, bigEndian),
            "f4" => ElementType.Readable(NumberType.Float32, bigEndian),
            "f8" => ElementType.Readable(NumberType.Float64, bigEndian),
            "i1" => ElementType.Readable(NumberType.Int8),
            "u1" => ElementType.Readable(NumberType.UInt8),
            "b1" or "?" => ElementType.Unreadable("bool", "truth values (bool)", AsFloat),
            "i2" or "i4" or "i8" => ElementType.Integer($"int{8 * (plain[1] - '0')}"),
            "u2" or "u4" or "u8" => ElementType.Integer($"uint{8 * (plain[1] - '0')}"),
            "V2" => ElementType.Unreadable(
                "void16",
                "raw two-byte values, as NumPy saves bfloat16",
                "Save x.float().numpy() (PyTorch), or x.astype(numpy.float32) (JAX)."),
            _ => Other(plain),
        };
    }

    private static ElementType Other(string code) => code.Length == 0 ? Unknown(code) : code[0] switch
    {
        'O' => ElementType.Unreadable(
            "object",
            "Python objects (an object array, as a list of rows of unequal length gives)",
            "Save numpy.stack(list).astype(numpy.float32)."),
        'c' => ElementType.Unreadable(
            "complex", "complex numbers", "Save their real part or their modulus: x.real.astype(numpy.float32)."),
        'U' or 'S' or 'a' => ElementType.Unreadable(
            "string", "text", "If they are numbers written as text, save x.astype(numpy.float32); else give the model's output."),
        'V' => ElementType.Unreadable("void", "raw bytes", AsFloat),
        'M' or 'm' => ElementType.Unreadable("datetime", "dates or times", "Give the model's output."),
        'f' => ElementType.Unreadable(Shown.Name(code), $"floats of an unusual width ({Shown.Name(code)})", AsFloat),
        _ => Unknown(code),
    };

    private static ElementType Unknown(string code) =>
        ElementType.Unreadable("unknown", $"of the unknown type '{Shown.Name(code)}'", AsFloat);
}
