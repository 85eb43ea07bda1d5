namespace ModalityGap.Tests.Sources;

/// <summary>What a reader may allocate: 16 MiB and four times the file's length, whatever the file announces.</summary>
internal static class Allocation
{
    public static long Limit(long fileBytes) => (16L << 20) + (4 * fileBytes);

    /// <summary>Bytes that all threads allocated during an action, so nothing else may run beside it.</summary>
    public static long Of(Action action)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}

/// <summary>Tests that measure the whole process run alone.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
