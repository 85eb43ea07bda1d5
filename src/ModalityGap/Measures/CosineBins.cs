using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModalityGap.Measures;

/// <summary>64,000 bins of equal width over [-1, 1]: fine enough to interpolate quantiles, and 320 of them make one of 200.</summary>
internal static class CosineBins
{
    public const int Count = 64000;

    private const float PerUnit = Count / 2f;

    /// <summary>Width of a bin.</summary>
    public const double Width = 2.0 / Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Of(Vector512<float> cosines)
    {
        Vector512<float> position = Vector512.FusedMultiplyAdd(cosines, Vector512.Create(PerUnit), Vector512.Create(PerUnit));
        position = Vector512.MinNative(Vector512.MaxNative(position, Vector512<float>.Zero), Vector512.Create(Count - 1f));
        return Vector512.ConvertToInt32Native(position);
    }

    /// <summary>The bin of one cosine, to the bit as for sixteen.</summary>
    public static int Of(float cosine) => Of(Vector512.Create(cosine))[0];

    /// <summary>The lower edge of a bin.</summary>
    public static double LowerEdge(int bin) => -1 + bin * Width;

    /// <summary>The same counts in fewer bins.</summary>
    public static long[] Merge(long[] bins, int count)
    {
        var merged = new long[count];
        int each = bins.Length / count;
        for (int b = 0; b < bins.Length; b++)
            merged[b / each] += bins[b];
        return merged;
    }
}
