namespace ModalityGap.Lab.Data;

/// <summary>How a set is opened.</summary>
public sealed record DataOptions
{
    /// <summary>The largest side that is worth preparing: models of the laboratory see far less.</summary>
    public const int LargestSide = 1024;

    /// <summary>Height and width of every picture in pixels; default 64.</summary>
    public int Side { get; init; } = 64;

    /// <summary>Where downloads and prepared sets are kept; <c>null</c>, the default, for <see cref="CacheFolder.Default"/>.</summary>
    public string? Cache { get; init; }

    /// <summary>The folder of the pictures that a COCO file names; <c>null</c>, the default, to look where COCO has it.</summary>
    public string? Images { get; init; }

    /// <summary>The share of pictures that may be missing or broken before the work stops; default 0.05.</summary>
    public double MostBroken { get; init; } = 0.05;

    /// <summary>The seed of a generated set; default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Number of threads that decode; default 0, one per core. Changes no byte.</summary>
    public int Threads { get; init; }

    /// <summary>What stands for npm, in tests.</summary>
    internal Emoji.RunNpm RunNpm { get; init; } = Emoji.NpmProcess.Run;

    /// <summary>Bytes that pictures may take.</summary>
    internal long Memory { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    internal string CachePath => Cache ?? CacheFolder.Default;

    internal ParallelOptions Parallel(CancellationToken cancellation) =>
        new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Threads == 0 ? Environment.ProcessorCount : Threads };
}
