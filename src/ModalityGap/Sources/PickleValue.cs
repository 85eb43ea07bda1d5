namespace ModalityGap.Sources;

/// <summary>
/// A value on the stack of a pickle: None, a number or truth value without an object of its own, or an object: a text (string or
/// <see cref="PickleText"/>), bytes (<see cref="StoredBytes"/>), a tuple (an array of values), a list, a dictionary, a name, an array.
/// </summary>
internal readonly struct PickleValue
{
    private static readonly object IntegerMark = new();
    private static readonly object RealMark = new();
    private static readonly object TruthMark = new();

    /// <summary>What is understood but of no use here: sets, devices, integers of more than 64 bits.</summary>
    private static readonly object OpaqueMark = new();

    private readonly long bits;

    public PickleValue(object? item) => Item = item;

    private PickleValue(object mark, long bits)
    {
        Item = mark;
        this.bits = bits;
    }

    public static PickleValue None => default;

    public static PickleValue Opaque => new(OpaqueMark);

    public object? Item { get; }

    public bool IsNone => Item is null;

    /// <summary>The integer, or <c>null</c> for anything else.</summary>
    public long? Integer => ReferenceEquals(Item, IntegerMark) ? bits : null;

    /// <summary>The number as float64, or <c>null</c> for anything else.</summary>
    public double? Number => Integer is long whole ? whole
        : ReferenceEquals(Item, RealMark) ? BitConverter.Int64BitsToDouble(bits)
        : null;

    public bool IsTrue => ReferenceEquals(Item, TruthMark) ? bits != 0 : Integer is not (null or 0);

    public static PickleValue Of(long value) => new(IntegerMark, value);

    public static PickleValue Of(double value) => new(RealMark, BitConverter.DoubleToInt64Bits(value));

    public static PickleValue Of(bool value) => new(TruthMark, value ? 1 : 0);
}
