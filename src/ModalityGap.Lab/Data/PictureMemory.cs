using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Data;

/// <summary>What decoded pictures take, said before they are decoded.</summary>
internal static class PictureMemory
{
    /// <summary>Array, reference and row of each picture beside its pixels.</summary>
    private const int Overhead = 64;

    /// <summary>Training needs memory too.</summary>
    private const double MostShare = 0.75;

    /// <summary>Such as "5,674 pictures of 64 x 64 (70 MB)".</summary>
    /// <exception cref="EmbeddingDataException">They would not fit.</exception>
    public static string Check(string source, long pictures, DataOptions options)
    {
        double bytes = (double)pictures * (ImageTextSet.Channels * options.Side * options.Side + Overhead);
        string what = $"{Shown.Count(pictures)} pictures of {options.Side} x {options.Side}";
        if (bytes > MostShare * options.Memory)
            throw new EmbeddingDataException(
                source,
                $"{what} take {Size(bytes)} of memory, and this process may use {Size(options.Memory)}.",
                "Use a smaller --side, or fewer pictures.");
        return $"{what} ({Size(bytes)})";
    }

    private static string Size(double bytes) => bytes >= 1e9
        ? FormattableString.Invariant($"{bytes / 1e9:0.0} GB")
        : FormattableString.Invariant($"{Math.Max(1, bytes / 1e6):0} MB");
}
