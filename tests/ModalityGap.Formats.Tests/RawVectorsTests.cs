using System.Runtime.InteropServices;
using ModalityGap.Formats.Tables;

namespace ModalityGap.Formats.Tests;

/// <summary>Whether bytes are float32 or float16 is told from the values, at any scale and with any stored precision.</summary>
public sealed class RawVectorsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(0.05)]
    [InlineData(30)]
    public void Of_Float32_IsFloat32(double scale) => Check(scale, values => MemoryMarshal.AsBytes<float>(values).ToArray(), "float32");

    [Theory]
    [InlineData(1)]
    [InlineData(0.05)]
    [InlineData(30)]
    public void Of_Float16_IsFloat16(double scale) =>
        Check(scale, values => [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))], "float16");

    [Fact]
    public void Of_Float32ThatWasFloat16_IsFloat32() =>
        Check(1, values => MemoryMarshal.AsBytes<float>(values.Select(value => (float)(Half)value).ToArray()).ToArray(), "float32");

    [Fact]
    public void Of_Float32ThatWasBFloat16_IsFloat32() => Check(
        1, values => MemoryMarshal.AsBytes<float>(values.Select(value => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) & ~0xffff)).ToArray()).ToArray(), "float32");

    private static void Check(double scale, Func<float[], byte[]> encode, string type)
    {
        var random = new Random(3);
        foreach (int dimensions in (int[])[64, 256, 512, 1024])
        {
            for (int time = 0; time < 50; time++)
            {
                float[] row = [.. Enumerable.Range(0, dimensions).Select(_ => (float)(scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(6.283185307 * random.NextDouble())))];
                Assert.Equal(type, RawVectors.Of(encode(row))?.ElementType);
            }
        }
    }
}
