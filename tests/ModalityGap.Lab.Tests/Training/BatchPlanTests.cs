using ModalityGap.Lab.Data;
using ModalityGap.Lab.Training;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Tests.Training;

public sealed class BatchPlanTests
{
    private static readonly ImageTextSet Set = SmallSet.Create();

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(1000)]
    public void Epoch_EveryPictureOnceAndNoItemTwiceInABatch(int batch)
    {
        int[] train = [.. Enumerable.Range(0, Set.Images.Count).Where(image => Set.Images[image].Style < 2 || Set.Images[image].Item < 5)];
        var plan = new BatchPlan(Set, train, batch);

        int[][] batches = [.. plan.Epoch(new RandomStream(3))];

        Assert.Equal(train, batches.SelectMany(images => images).Order());
        Assert.Equal(plan.BatchesPerEpoch, batches.Length);
        Assert.All(batches, images => Assert.Equal(images.Length, images.Select(image => Set.Images[image].Item).Distinct().Count()));
        Assert.All(batches, images => Assert.InRange(images.Length, 2, Math.Max(3, batch)));
    }

    [Fact]
    public void Epoch_SameStream_SameOrderAndAnotherStreamAnother()
    {
        var plan = new BatchPlan(Set, [.. Enumerable.Range(0, Set.Images.Count)], 8);
        int[] Order(long seed) => [.. plan.Epoch(new RandomStream(seed)).SelectMany(images => images)];

        Assert.Equal(Order(1), Order(1));
        Assert.NotEqual(Order(1), Order(2));
    }
}
