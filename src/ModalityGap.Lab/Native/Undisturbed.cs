using System.Runtime;

namespace ModalityGap.Lab.Native;

/// <summary>
/// Keeps the garbage collector still while libtorch computes. TorchSharp hands a number to libtorch as an object of which only the handle is held during the
/// call: a collection in between lets the finaliser free the number that libtorch is about to read, which fails at random or computes with another one. What a
/// collection before the work has found is in nobody's hands any more. A step of training and a batch of embedding each are such work; beginning it takes half a
/// millisecond.
/// </summary>
internal static class Undisturbed
{
    /// <summary>Bytes, more than a step or a batch allocates.</summary>
    private const long Budget = 64L << 20;

    private static readonly Lock Door = new();

    private static int inside;

    private static bool isStill;

    /// <summary>Does some work; inside of another such work, or beside it, it is part of that, and the last one out lets the collector go.</summary>
    public static T Run<T>(Func<T> work)
    {
        Enter();
        try
        {
            return work();
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>The same for work without a result.</summary>
    public static void Run(Action work) => Run(() =>
    {
        work();
        return true;
    });

    private static void Enter()
    {
        lock (Door)
            if (inside++ == 0)
                isStill = GCSettings.LatencyMode != GCLatencyMode.NoGCRegion && GC.TryStartNoGCRegion(Budget);
    }

    // Work that allocated more than the budget has had its collection, and has left the region by itself.
    private static void Leave()
    {
        lock (Door)
            if (--inside == 0 && isStill && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
    }
}
