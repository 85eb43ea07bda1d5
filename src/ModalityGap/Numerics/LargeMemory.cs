namespace ModalityGap.Numerics;

/// <summary>Gives large arrays that are no longer used back to the system before others are asked for.</summary>
internal static class LargeMemory
{
    /// <summary>Below this many bytes a collection is not worth its milliseconds.</summary>
    private const long WorthCollecting = 256L << 20;

    public static void GiveBack()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) > WorthCollecting)
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
