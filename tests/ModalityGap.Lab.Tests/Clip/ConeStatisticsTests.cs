using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip;
using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Statistics;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Clip;

public sealed class ConeStatisticsTests
{
    [Fact]
    public void Of_ThreeDirections_IsWhatOneCanDraw()
    {
        // 0°, 60° and 90°: cosines 1/2, 0 and √3/2.
        float root = (float)Math.Sqrt(0.75);
        var cone = ConeStatistics.Of(new EmbeddingSet(Modality.Image, [2, 0, 0.5f, root, 0, 3], 2));

        double[] cosines = [0.5, 0, root];
        Assert.Equal(cosines.Average(), cone.Mean.Value, 1e-6);
        Assert.Equal(Math.Sqrt(cosines.Average(c => Math.Pow(c - cosines.Average(), 2))), cone.Deviation.Value, 1e-6);
        Assert.Equal(0, cone.Minimum, 1e-6);
        Assert.Equal(root, cone.Maximum, 1e-6);
    }

    [Fact]
    public void Of_ManyRows_IsTheSlowTwin()
    {
        var random = new RandomStream(2);
        float[] values = [.. Enumerable.Range(0, 60 * 5).Select(_ => (float)(1 + random.NextNearlyNormal()))];
        var set = new EmbeddingSet(Modality.Image, values, 5);

        var cone = ConeStatistics.Of(set);

        UnitEmbeddings unit = UnitEmbeddings.Normalize(set);
        double[] cosines = [.. from i in Enumerable.Range(0, 60) from j in Enumerable.Range(0, i) select Cosine(unit, i, j)];
        Assert.Equal(cosines.Average(), cone.Mean.Value, 1e-6);
        Assert.Equal(Math.Sqrt(cosines.Average(c => (c - cosines.Average()) * (c - cosines.Average()))), cone.Deviation.Value, 1e-6);
        Assert.Equal(cosines.Min(), cone.Minimum, 1e-6);
        Assert.True(cone.Mean.Low < cone.Mean.Value && cone.Mean.Value < cone.Mean.High);
        Assert.Equal(cone, ConeStatistics.Of(set, threads: 1));
    }

    [Fact]
    public void Embed_FolderOfPictures_LeavesOutBrokenOnesAndDrawsTheSame()
    {
        using var folder = new TemporaryFolder();
        using var encoder = ClipEncoder.Open(SmallClipFolder.WriteModel(folder));
        SmallClipFolder.WritePictures(folder, 6);
        File.WriteAllText(folder["pictures/p02.png"], "no picture");

        EmbeddingSet all = Embed(int.MaxValue), some = Embed(3), again = Embed(3);

        Assert.Equal((5, 24), (all.Rows, all.Dimensions));
        Assert.DoesNotContain("p02.png", all.Ids!);
        Assert.Equal(some.Ids, again.Ids);
        Assert.InRange(ConeStatistics.Of(all).Mean.Value, -1, 1);

        EmbeddingSet Embed(int most) => PictureCone.Embed(folder["pictures"], encoder.Pixels.Plain(), 24, encoder.EncodeImages, most, new RandomStream(1));
    }

    private static double Cosine(UnitEmbeddings rows, int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < rows.Dimensions; k++)
            sum += (double)rows.Row(i)[k] * rows.Row(j)[k];
        return sum;
    }
}
