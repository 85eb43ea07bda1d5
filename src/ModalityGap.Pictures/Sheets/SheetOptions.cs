namespace ModalityGap.Pictures.Sheets;

/// <summary>How pictures are put on sheets.</summary>
public sealed record SheetOptions
{
    /// <summary>The most bytes that all sheets may have together. Default 1,500,000: 2 MB as base64.</summary>
    public long MostBytes { get; init; } = 1_500_000;

    /// <summary>Height and width of a picture in pixels, the best first; the first at which all pictures fit is taken. Default 96, 64, 48, 32.</summary>
    public IReadOnlyList<int> Cells { get; init; } = [96, 64, 48, 32];

    /// <summary>Number of threads that decode; default 0, one per core. Changes no byte.</summary>
    public int Threads { get; init; }
}
