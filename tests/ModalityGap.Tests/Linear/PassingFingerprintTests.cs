using ModalityGap.Sources;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Linear;

public sealed class PassingFingerprintTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(128, 27_000_011, 700_001, 1)]
    [InlineData(0, 16 << 20, 16 << 20, 3)]
    [InlineData(3, 50_000_000, 131_072, 2)]
    public void Finish_AfterTwoChains_IsTheFingerprintOfASecondReading(int header, int middle, int step, int heard)
    {
        var bytes = new byte[50_000_000];
        new Random(1).NextBytes(bytes);
        using SourceFile file = SourceFile.Open(folder.Write("x.bin", bytes));
        var passing = new PassingFingerprint(file);
        using PassingFingerprint.Chain first = passing.Open(header), second = passing.Open(middle);
        // Both halves in step, as a stacked file is read.
        for (int at = 0; at < bytes.Length; at += step)
        {
            first.Append(bytes.AsSpan(0, middle)[Math.Min(header + at, middle)..Math.Min(header + at + step, middle)]);
            second.Append(bytes.AsSpan()[Math.Min(middle + at, bytes.Length)..Math.Min(middle + at + step, bytes.Length)]);
        }
        Assert.Equal(
            FileFingerprint.OfBlocks(file, new byte[FileFingerprint.Blocks(file)][], TestContext.Current.CancellationToken),
            passing.FinishBlocks(TestContext.Current.CancellationToken));
        Assert.Equal(heard, passing.Heard);
    }
}
