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
    /// <param name="miscounted">What each time adds to the count of tensors although nothing is alive.</param>
    public static string? Growth(Action<int> work, int warm, int times, long miscounted = 0)
    {
        for (int i = 0; i < warm; i++)
            work(i);
        (long tensors, long bytes) = Look();
        for (int i = 0; i < times; i++)
            work(warm + i);
        (long more, long larger) = Look();
        tensors += times * miscounted;
        return more > tensors ? $"{more - tensors} tensors more are alive after {times} times"
            : larger - bytes > MostBytes ? $"the working set grew from {bytes >> 20} to {larger >> 20} MiB in {times} times"
            : null;
    }

    /// <summary>
    /// What making and freeing a model leaves in TorchSharp's count: a parameter takes over the handle of the tensor that it is made of, and both are counted. That the memory itself is freed
    /// the working set tells.
    /// </summary>
    public static long Miscount(Action make)
    {
        make();
        long before = Look().Tensors;
        make();
        return Look().Tensors - before;
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
