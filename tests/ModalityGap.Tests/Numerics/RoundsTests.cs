using System.Collections.Concurrent;
using ModalityGap.Numerics;

namespace ModalityGap.Tests.Numerics;

/// <summary>Work in rounds: every index of a round once, no round before the one before has ended, and no waiting for a thread that failed.</summary>
public sealed class RoundsTests
{
    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 7)]
    [InlineData(5, 3)]
    [InlineData(4, 0)]
    public void Rounds_OnAnyNumberOfThreads_RunEachIndexOnceInItsRound(int threads, int count)
    {
        ConcurrentQueue<(int Round, int Index)> done = new();
        new WorkContext(threads).Rounds(20, count, (round, index) => done.Enqueue((round, index)));
        Assert.Equal(done.Select(entry => entry.Round).Order(), done.Select(entry => entry.Round));
        Assert.Equal(Enumerable.Range(0, 20).SelectMany(round => Enumerable.Range(0, count).Select(index => (round, index))), done.Order());
    }

    [Fact]
    public void Rounds_WhereOneFails_ThrowWhatItThrew() => Assert.Equal("round 3", Assert.Throws<InvalidOperationException>(
        () => new WorkContext(3).Rounds(10, 6, (round, index) =>
        {
            if (round == 3 && index == 2)
                throw new InvalidOperationException("round 3");
        })).Message);

    [Fact]
    public void Rounds_ThatAreCancelled_Stop()
    {
        using var source = new CancellationTokenSource();
        int last = 0;
        Assert.Throws<OperationCanceledException>(() => new WorkContext(2, null, source.Token).Rounds(1000, 4, (round, _) =>
        {
            last = round;
            if (round == 5)
                source.Cancel();
        }));
        Assert.InRange(last, 5, 6);
    }
}
