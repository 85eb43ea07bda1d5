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
