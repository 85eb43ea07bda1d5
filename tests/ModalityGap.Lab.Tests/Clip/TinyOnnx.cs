using System.Buffers.Binary;
using System.Text;

namespace ModalityGap.Lab.Tests.Clip;

/// <summary>
/// ONNX files of two towers that one can compute by hand, written as the protocol buffers that they are: pictures become pixels · M + b, texts the sum of one vector for each token,
/// those under the mask only where there is one.
/// </summary>
internal sealed record TinyOnnx
{
    public const int Int32 = 6, Int64 = 7;

    private const int Float = 1, Version = 6, Operators = 11;

    /// <summary>d.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Height and width of pictures.</summary>
    public int Side { get; init; } = 4;

    /// <summary>M, 3 · side · side x d; <c>null</c> for no image tower.</summary>
    public float[]? Pixels { get; init; }

    /// <summary>b, d values.</summary>
    public float[] Bias { get; init; } = [];

    /// <summary>Numbers of a text.</summary>
    public int Context { get; init; } = 16;

    /// <summary>A vector for each token, tokens x d; <c>null</c> for no text tower.</summary>
    public float[]? Vectors { get; init; }

    public int TokenType { get; init; } = Int64;

    /// <summary>The type of the mask, or <c>null</c> for none.</summary>
    public int? MaskType { get; init; }

    public void Write(string path) => File.WriteAllBytes(path, [.. Number(1, Version), .. Part(8, Number(2, Operators)), .. Part(7, Graph())]);

    private byte[] Graph() => [.. Nodes().SelectMany(node => Part(1, node)), .. Part(2, "towers"), .. Constants().SelectMany(one => Part(5, one)),
        .. Inputs().SelectMany(one => Part(11, one)), .. Outputs().SelectMany(one => Part(12, one))];

    private IEnumerable<byte[]> Nodes()
    {
        if (Pixels is not null)
        {
            yield return Node("Flatten", ["pixel_values"], "flat");
            yield return Node("MatMul", ["flat", "matrix"], "product");
            yield return Node("Add", ["product", "bias"], "image_embeds");
        }
        if (Vectors is null)
            yield break;
        yield return Node("Gather", ["vectors", "input_ids"], "words");
        if (MaskType is not null)
        {
            yield return Node("Cast", ["attention_mask"], "seen", Attribute("to", Float));
            yield return Node("Unsqueeze", ["seen"], "column", Attribute("axes", [2L]));
            yield return Node("Mul", ["words", "column"], "kept");
        }
        yield return Node("ReduceSum", [MaskType is null ? "words" : "kept"], "text_embeds", [.. Attribute("axes", [1L]), .. Attribute("keepdims", 0)]);
    }

    private IEnumerable<byte[]> Constants()
    {
        if (Pixels is not null)
        {
            yield return Tensor("matrix", Pixels, 3 * Side * Side, Dimensions);
            yield return Tensor("bias", Bias, Dimensions);
        }
        if (Vectors is not null)
            yield return Tensor("vectors", Vectors, Vectors.Length / Dimensions, Dimensions);
    }

    private IEnumerable<byte[]> Inputs()
    {
        if (Pixels is not null)
            yield return Value("pixel_values", Float, -1, 3, Side, Side);
        if (Vectors is not null)
            yield return Value("input_ids", TokenType, -1, Context);
        if (MaskType is { } type)
            yield return Value("attention_mask", type, -1, Context);
    }

    private IEnumerable<byte[]> Outputs()
    {
        if (Pixels is not null)
            yield return Value("image_embeds", Float, -1, Dimensions);
        if (Vectors is not null)
            yield return Value("text_embeds", Float, -1, Dimensions);
    }

    private static byte[] Node(string kind, string[] inputs, string output, byte[]? attributes = null) =>
        [.. inputs.SelectMany(input => Part(1, input)), .. Part(2, output), .. Part(4, kind), .. attributes ?? []];

    // Fields of a node; 2 is the type of a whole number, 7 that of several.
    private static byte[] Attribute(string name, long value) => Part(5, [.. Part(1, name), .. Number(3, value), .. Number(20, 2)]);

    private static byte[] Attribute(string name, long[] values) => Part(5, [.. Part(1, name), .. values.SelectMany(value => Number(8, value)), .. Number(20, 7)]);

    private static byte[] Tensor(string name, float[] values, params int[] shape)
    {
        var raw = new byte[sizeof(float) * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(sizeof(float) * i), values[i]);
        return [.. shape.SelectMany(length => Number(1, length)), .. Number(2, Float), .. Part(8, name), .. Part(9, raw)];
    }

    // An open length has a name instead of a number.
    private static byte[] Value(string name, int type, params int[] shape) =>
        [.. Part(1, name), .. Part(2, Part(1, [.. Number(1, type), .. Part(2, [.. shape.SelectMany(length => Part(1, length < 0 ? Part(2, "n") : Number(1, length)))])]))];

    private static byte[] Part(int field, string text) => Part(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Part(int field, byte[] content) => [.. Variable((field << 3) | 2), .. Variable(content.Length), .. content];

    private static byte[] Number(int field, long value) => [.. Variable(field << 3), .. Variable(value)];

    // Seven bits a byte, the lowest first; all but the last have their highest bit set.
    private static List<byte> Variable(long value)
    {
        List<byte> bytes = [];
        for (; value > 0x7f; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return bytes;
    }
}
