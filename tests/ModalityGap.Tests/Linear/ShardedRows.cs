using System.Globalization;
using ModalityGap.Statistics;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Linear;

/// <summary>Pairs of rows, as one pair of files and as shards in the layout of clip-retrieval.</summary>
internal static class ShardedRows
{
    /// <summary>d.</summary>
    public const int Dimensions = 12;

    /// <summary>Writes shards of these numbers of rows, and all rows in whole-img.npy and whole-txt.npy.</summary>
    public static void Write(ScratchFolder folder, params int[] rows)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "img_emb"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "text_emb"));
        int all = rows.Sum();
        float[] images = Values(all, 1), texts = Values(all, 2);
        WriteNpy(folder, "whole-img.npy", images);
        WriteNpy(folder, "whole-txt.npy", texts);
        int first = 0;
        for (int shard = 0; shard < rows.Length; first += rows[shard++])
        {
            int from = first * Dimensions, to = (first + rows[shard]) * Dimensions;
            string number = shard.ToString(CultureInfo.InvariantCulture);
            WriteNpy(folder, $"img_emb/img_emb_{number}.npy", images[from..to]);
            WriteNpy(folder, $"text_emb/text_emb_{number}.npy", texts[from..to]);
        }
    }

    public static void WriteNpy(ScratchFolder folder, string name, float[] values, int dimensions = Dimensions) =>
        folder.Write(name, SourceBytes.Npy("<f4", $"({values.Length / dimensions}, {dimensions})", SourceBytes.Floats(values)));

    public static float[] Values(int rows, int seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, rows * Dimensions).Select(i => (float)random.NextNearlyNormal() + (i % Dimensions == seed ? 2 : 0))];
    }
}
