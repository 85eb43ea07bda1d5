using ModalityGap.Sources;

namespace ModalityGap.Formats.Tests;

/// <summary>Valid files of every format, small ones.</summary>
internal static class FuzzSeeds
{
    public static IReadOnlyList<(string Name, byte[] Content)> All { get; } =
    [
        ("lists.parquet", Formats.Bytes(".parquet", WrittenType.Float32, Formats.Set("image", 20, 4), Formats.Set("text", 20, 6))),
        ("halves.parquet", Formats.Bytes(".parquet", WrittenType.Float16, Formats.Set("image", 20, 4))),
        ("spread.parquet", ParquetFiles.Spread(20, 5)),
        ("nullable.parquet", ParquetFiles.NullableLists([[1f, 2f], [3f, 4f], [5f, 6f]])),
        ("bytes.parquet", ParquetFiles.Cells(20, 16)),
        ("fixed.arrow", Formats.Bytes(".arrow", WrittenType.Float32, Formats.Set("image", 20, 4), Formats.Set("text", 20, 6))),
        ("halves.arrows", Formats.Bytes(".arrows", WrittenType.Float16, Formats.Set("image", 20, 4))),
        ("lists.arrow", ArrowFiles.Lists(20, 5)),
        ("zstd.arrow", ArrowFiles.Compressed(20, 5, Apache.Arrow.Ipc.CompressionCodecType.Zstd)),
        ("lz4.arrow", ArrowFiles.Compressed(20, 5, Apache.Arrow.Ipc.CompressionCodecType.Lz4Frame)),
        ("two.h5", Formats.Bytes(".h5", WrittenType.Float32, Formats.Set("image", 20, 4), Formats.Set("text", 20, 4))),
        ("chunked.h5", Hdf5Files.Chunked(20, 8)),
        ("spread.csv", Formats.Bytes(".csv", WrittenType.Float32, Formats.Set("image", 20, 4), Formats.Set("text", 20, 6))),
        ("lists.tsv", System.Text.Encoding.UTF8.GetBytes("id\tembedding\na\t[0.5, 1]\nb\t[2, -3e-2]\nc\t[4, NaN]\n")),
    ];

    public static byte[] Content(string name) => All.Single(seed => seed.Name == name).Content;
}
