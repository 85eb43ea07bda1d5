using System.Diagnostics;
using TorchSharp;

namespace ModalityGap.Lab.Tests.Native;

/// <summary>Repeats some work and looks whether tensors or memory grow.</summary>
internal static class MemoryTrial
{
    // What allocators keep back, and what a collection has not returned yet, is less.
    private const long MostBytes = 96L << 20;

    /// <summary>What grew, in words; <c>null</c> where nothing did.</summary>
    /// <param name="work">The work, told how often it has been done.</param>
    /// <param name="warm">Times before the first look: pools are filled by then.</param>
    /// <param name="times">Times after it.</param>
    public static string? Growth(Action<int> work, int warm, int times)
    {
        for (int i = 0; i < warm; i++)
            work(i);
        (long tensors, long bytes) = Look();
        for (int i = 0; i < times; i++)
            work(warm + i);
        (long more, long larger) = Look();
        return more > tensors ? $"{more - tensors} tensors more are alive after {times} times"
            : larger - bytes > MostBytes ? $"the working set grew from {bytes >> 20} to {larger >> 20} MiB in {times} times"
            : null;
    }

    private static (long Tensors, long Bytes) Look()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        return (torch.Tensor.TotalCount, self.WorkingSet64);
    }
}
