using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Tests.Numerics;

public sealed class RowMultiplierTests
{
    public static TheoryData<int, int, int> Shapes { get; } = new()
    {
        { 1, 1, 1 }, { 3, 2, 5 }, { 1, 40, 33 }, { 14, 32, 16 }, { 83, 31, 17 }, { 84, 64, 64 }, { 85, 65, 70 }, { 200, 130, 129 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Multiply_OfAnyShapeOnEveryPath_GivesTheBitsOfTheTile(int rows, int outputs, int inputs)
    {
        float[] x = Values(rows * inputs, 1), a = Values(outputs * inputs, 2);
        var matrix = new RowMatrix(a, outputs, inputs);
        foreach (RegisterTile register in RegisterTile.Supported())
        {
            if (register.Name.StartsWith("portable", StringComparison.Ordinal) && !System.Runtime.Intrinsics.X86.Fma.IsSupported)
                continue;
            var product = new float[rows * outputs];
            new RowMultiplier(matrix, register).Multiply(x, product);
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < outputs; j++)
                    Assert.Equal(Dot.AsInTile(x.AsSpan(i * inputs, inputs), matrix.Row(j)), product[i * outputs + j]);
        }
    }

    [Fact]
    public void Multiply_OfOneRow_GivesTheBitsThatItHasInABlock()
    {
        float[] x = Values(90 * 67, 3), a = Values(45 * 67, 4);
        foreach (RegisterTile register in RegisterTile.Supported())
        {
            var multiplier = new RowMultiplier(new RowMatrix(a, 45, 67), register);
            float[] block = new float[90 * 45], single = new float[45];
            multiplier.Multiply(x, block);
            for (int i = 0; i < 90; i++)
            {
                multiplier.Multiply(x.AsSpan(i * 67, 67), single);
                Assert.Equal(block.AsSpan(i * 45, 45).ToArray(), single);
            }
        }
    }

    private static float[] Values(int count, long seed)
    {
        RandomStream random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNearlyNormal())];
    }
}
