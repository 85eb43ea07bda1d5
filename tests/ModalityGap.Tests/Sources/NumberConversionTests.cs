using System.Runtime.InteropServices;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

/// <summary>Every value of the narrow types, in every lane and in the tail, against the conversions of the base library.</summary>
public sealed class NumberConversionTests
{
    private static readonly ushort[] All = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i)];

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void ToSingle_EveryFloat16_IsWidenedExactly(int skip) =>
        Same(NumberType.Float16, skip, bits => (float)BitConverter.UInt16BitsToHalf(bits));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void ToSingle_EveryBFloat16_IsWidenedExactly(int skip) =>
        Same(NumberType.BFloat16, skip, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16));

    [Fact]
    public void ToSingle_Float64_IsRoundedToNearest()
    {
        double[] values = [.. Enumerable.Range(0, 37).Select(i => Math.Pow(-1.37, i) / 3), double.NaN, 1e300, -1e300, 1e-300, double.NegativeInfinity];
        var found = new float[values.Length];
        NumberConversion.ToSingle(ElementType.Readable(NumberType.Float64), MemoryMarshal.AsBytes(values.AsSpan()), found);
        Assert.Equal(values.Select(value => (float)value), found);
    }

    private static void Same(NumberType type, int skip, Func<ushort, float> expected)
    {
        ushort[] bits = All[skip..];
        var found = new float[bits.Length];
        NumberConversion.ToSingle(ElementType.Readable(type), MemoryMarshal.AsBytes(bits.AsSpan()), found);
        for (int i = 0; i < bits.Length; i++)
            Assert.True(
                float.IsNaN(expected(bits[i])) ? float.IsNaN(found[i]) : expected(bits[i]).Equals(found[i]),
                $"{bits[i]:x4} became {found[i]} instead of {expected(bits[i])}.");
    }
}
