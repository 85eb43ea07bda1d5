using System.Runtime;
using ModalityGap.Lab.Native;

namespace ModalityGap.Lab.Tests.Native;

public sealed class UndisturbedTests
{
    [Fact]
    public void Run_Work_SeesNoCollectionAndLeavesTheCollectorAsItWas()
    {
        GCLatencyMode before = GCSettings.LatencyMode;
        (int first, int last) = Undisturbed.Run(() =>
        {
            int begin = GC.CollectionCount(0);
            for (int i = 0; i < 2000; i++)
                GC.KeepAlive(new byte[10_000]);
            return (begin, GC.CollectionCount(0));
        });

        Assert.Equal(first, last);
        Assert.Equal(before, GCSettings.LatencyMode);
    }

    [Fact]
    public async Task Run_BesideOther_TheFirstOutLeavesTheCollectorStill()
    {
        GCLatencyMode before = GCSettings.LatencyMode;
        using var isIn = new ManualResetEventSlim();
        using var mayGo = new ManualResetEventSlim();
        Task<GCLatencyMode> beside = Task.Run(() => Undisturbed.Run(() =>
        {
            isIn.Set();
            mayGo.Wait();
            return GCSettings.LatencyMode;
        }));
        isIn.Wait(TestContext.Current.CancellationToken);
        Undisturbed.Run(() => { });
        mayGo.Set();

        Assert.Equal(GCLatencyMode.NoGCRegion, await beside);
        Assert.Equal(before, GCSettings.LatencyMode);
    }

    [Fact]
    public void Run_WithinOther_OrWithTooMuch_OrFailing_EndsOnce()
    {
        GCLatencyMode before = GCSettings.LatencyMode;
        Assert.Equal(3, Undisturbed.Run(() => Undisturbed.Run(() => 3)));
        Undisturbed.Run(() =>
        {
            for (int i = 0; i < 400; i++)
                GC.KeepAlive(new byte[1_000_000]);
        });
        Assert.Throws<InvalidOperationException>(() => Undisturbed.Run(() => throw new InvalidOperationException()));
        Assert.Equal(before, GCSettings.LatencyMode);
    }
}
