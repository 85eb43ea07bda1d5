using ModalityGap.Sources;
using ModalityGap.Statistics;

namespace ModalityGap.Generation;

/// <summary>Some rows of both modalities on their way to their files.</summary>
internal sealed class GeneratedBlock
{
    private readonly GeneratedCorpus corpus;
    private readonly float[] x, y;
    private readonly byte[] images, texts;
    private readonly int rowBytes;
    private int rows;

    public GeneratedBlock(GeneratedCorpus corpus, int mostRows)
    {
        this.corpus = corpus;
        (x, y) = (new float[corpus.Dimensions], new float[corpus.Dimensions]);
        rowBytes = corpus.Dimensions * RowWriting.SizeOf(corpus.Type);
        (images, texts) = (new byte[mostRows * rowBytes], new byte[mostRows * rowBytes]);
    }

    public ReadOnlySpan<byte> Images => images.AsSpan(0, rows * rowBytes);

    public ReadOnlySpan<byte> Texts => texts.AsSpan(0, rows * rowBytes);

    public void Fill(RandomStream random, int count)
    {
        rows = count;
        for (int row = 0; row < rows; row++)
        {
            for (int k = 2; k < x.Length; k++)
            {
                int shared = NextSymmetric(random);
                (x[k], y[k]) = (shared, shared + NextSymmetric(random) / 2f);
            }
            Finish(x, corpus.Gap / 2 + NextSpread(random));
            Finish(y, -corpus.Gap / 2 + NextSpread(random));
            RowWriting.Encode(x, images.AsSpan(row * rowBytes, rowBytes), corpus.Type);
            RowWriting.Encode(y, texts.AsSpan(row * rowBytes, rowBytes), corpus.Type);
        }
    }

    // Both of the first two coordinates are given, and the rest gets the length that makes the row's norm 1.
    private static void Finish(float[] row, double side)
    {
        (row[0], row[1]) = (0, 0);
        double squares = 0;
        foreach (float value in row)
            squares += (double)value * value;
        double rest = Math.Sqrt(1 - GeneratedCorpus.Common * GeneratedCorpus.Common - side * side);
        var factor = (float)(rest / Math.Sqrt(squares));
        for (int k = 2; k < row.Length; k++)
            row[k] *= factor;
        (row[0], row[1]) = ((float)GeneratedCorpus.Common, (float)side);
    }

    private static double NextSpread(RandomStream random) => GeneratedCorpus.Spread * NextSymmetric(random) / (2 * 0xFFFF);

    // The sum of four uniforms of 16 bits less its mean: one draw, nearly normal, and as likely as its opposite.
    private static int NextSymmetric(RandomStream random)
    {
        ulong bits = random.NextBits();
        return (int)((bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48)) - 2 * 0xFFFF;
    }
}
