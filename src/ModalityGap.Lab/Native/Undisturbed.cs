using System.Runtime;

namespace ModalityGap.Lab.Native;

/// <summary>
/// Keeps the garbage collector still while libtorch computes. TorchSharp hands a number to libtorch as an object of which only the handle is held during the
/// call: a collection in between lets the
/// finaliser free the number that libtorch is about to read, which fails at random or computes with another one. What a collection before the work has found
/// is in nobody's hands any more.
/// </summary>
internal static class Undisturbed
{
    /// <summary>Bytes, more than a step or a batch allocates.</summary>
    private const long Budget = 64L << 20;

    /// <summary>Does some work; inside of another such work it is part of that.</summary>
    public static T Run<T>(Func<T> work)
    {
        bool still = GCSettings.LatencyMode != GCLatencyMode.NoGCRegion && GC.TryStartNoGCRegion(Budget);
        try
        {
            return work();
        }
        finally
        {
            // Work that allocated more than the budget has had its collection, and has left the region by itself.
            if (still && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }

    /// <summary>The same for work without a result.</summary>
    public static void Run(Action work) => Run(() =>
    {
        work();
        return true;
    });
}
