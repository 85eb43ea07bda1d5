namespace ModalityGap.Sources;

/// <summary>The element type of a stored array: one that can be read, or the reason why not.</summary>
/// <param name="Name">As shown, such as <c>float16</c>.</param>
/// <param name="Number">How to read it; <c>null</c> when it cannot be read.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
/// <param name="Fault">Why it cannot be read; <c>null</c> when it can.</param>
internal sealed record ElementType(string Name, NumberType? Number, bool BigEndian = false, ArrayFault? Fault = null)
{
    /// <summary>Bytes per element; 0 for a type that cannot be read.</summary>
    public int Size => Number switch
    {
        NumberType.Float16 or NumberType.BFloat16 => 2,
        NumberType.Float32 => 4,
        NumberType.Float64 => 8,
        NumberType.Int8 or NumberType.UInt8 => 1,
        _ => 0,
    };

    public bool IsFloat => Number is NumberType.Float16 or NumberType.BFloat16 or NumberType.Float32 or NumberType.Float64;

    public static ElementType Readable(NumberType number, bool bigEndian = false) =>
        new(NameOf(number), number, bigEndian);

    public static ElementType Unreadable(string name, string what, string remedy) =>
        new(name, null, Fault: new ArrayFault($"its elements are {what}, not real numbers.", remedy));

    /// <summary>Integers of two bytes and more are token numbers, indices or labels, hardly ever embeddings.</summary>
    public static ElementType Integer(string name) =>
        new(name, null, Fault: new ArrayFault(
            $"its elements are integers ({name}): token numbers, indices or labels rather than embeddings.",
            "Give the model's output; if these are quantised embeddings, save x.astype(numpy.float32)."));

    private static string NameOf(NumberType number) => number switch
    {
        NumberType.Float16 => "float16",
        NumberType.BFloat16 => "bfloat16",
        NumberType.Float32 => "float32",
        NumberType.Float64 => "float64",
        NumberType.Int8 => "int8",
        NumberType.UInt8 => "uint8",
        _ => throw new ArgumentOutOfRangeException(nameof(number)),
    };
}
