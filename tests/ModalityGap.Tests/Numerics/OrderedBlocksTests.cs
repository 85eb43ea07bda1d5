using ModalityGap.Numerics;

namespace ModalityGap.Tests.Numerics;

public sealed class OrderedBlocksTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_ManyBlocks_LeadsEachThroughEveryStageInOrder(int threads)
    {
        List<long> first = [], second = [];
        int created = 0;
        OrderedBlocks<long[]>.Run(
            500,
            new WorkContext(threads),
            () =>
            {
                Interlocked.Increment(ref created);
                return new long[1];
            },
            (block, slot) => slot[0] = block,
            slot => first.Add(slot[0]),
            slot =>
            {
                if (slot[0] % 50 == 0)
                    Thread.Sleep(1);
                second.Add(slot[0]);
            });
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (long)i), first);
        Assert.Equal(first, second);
        Assert.InRange(created, 1, 2 * threads + 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_FaultInAnyPart_EndsEveryThread(int threads)
    {
        var work = new WorkContext(threads);
        Assert.Throws<InvalidDataException>(() => OrderedBlocks<object>.Run(
            100, work, () => new object(), (block, _) => Throw(block == 40), _ => { }));
        int seen = 0;
        Assert.Throws<InvalidDataException>(() => OrderedBlocks<object>.Run(
            100, work, () => new object(), (_, _) => { }, _ => Throw(++seen == 40)));
    }

    [Fact]
    public void Run_NoBlocks_DoesNothing() =>
        OrderedBlocks<object>.Run(0, new WorkContext(2), () => throw new InvalidDataException(), (_, _) => throw new InvalidDataException());

    private static void Throw(bool now)
    {
        if (now)
            throw new InvalidDataException();
    }
}
