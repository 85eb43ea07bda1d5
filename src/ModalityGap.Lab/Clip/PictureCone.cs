using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Pixels;
using ModalityGap.Lab.Clip.Runs;
using ModalityGap.Sources;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Clip;

/// <summary>The embeddings of a folder of pictures under any image tower, from which <see cref="ConeStatistics"/> follow.</summary>
public static class PictureCone
{
    private const int Batch = 32;

    /// <summary>Embeds the pictures, or some of them drawn at random; those that cannot be decoded are left out.</summary>
    /// <param name="path">A folder of pictures, or a list of them.</param>
    /// <param name="pixels">How pictures are prepared.</param>
    /// <param name="dimensions">d of the tower.</param>
    /// <param name="encode">The tower: n prepared pictures (3 x side x side values each) to n x d values.</param>
    /// <param name="most">At most how many; default all.</param>
    /// <param name="random">Draws them; needed where there may be more.</param>
    /// <param name="cancellation">Stops it between batches.</param>
    /// <exception cref="EmbeddingDataException">There are no pictures, or none can be decoded.</exception>
    public static EmbeddingSet Embed(
        string path,
        ClipPixels pixels,
        int dimensions,
        Func<IReadOnlyList<float[]>, float[]> encode,
        int most = int.MaxValue,
        RandomStream? random = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(encode);
        (float[] rows, List<string> ids, List<string> broken) = Rows(Draw(path, most, random), pixels, encode, cancellation);
        return ids.Count > 0
            ? new EmbeddingSet(Modality.Image, rows, dimensions, names: new RowNames { Ids = ids })
            : throw new EmbeddingDataException(path, $"none of its pictures can be used: {Shown.Some(broken, 5)}.", "Check the files.");
    }

    /// <summary>The pictures of a folder or a list, or some of them drawn at random.</summary>
    /// <exception cref="EmbeddingDataException">There are none.</exception>
    internal static PictureList Draw(string path, int most, RandomStream? random)
    {
        PictureList list = PictureList.Find(path);
        if (list.Names.Count <= most)
            return list;
        ArgumentNullException.ThrowIfNull(random);
        return list with { Names = [.. random.Fork("pictures").NextPermutation(list.Names.Count).Take(most).Order().Select(index => list.Names[index])] };
    }

    /// <summary>The rows of those pictures that can be decoded, their names, and what is wrong with the others.</summary>
    internal static (float[] Rows, List<string> Ids, List<string> Broken) Rows(
        PictureList list, ClipPixels pixels, Func<IReadOnlyList<float[]>, float[]> encode, CancellationToken cancellation)
    {
        List<float[]> rows = [];
        List<string> ids = [], broken = [];
        int next = 0;
        foreach ((float[]? Values, string? Fault)[] batch in PreparedPictures.Take(list, 0, list.Names.Count, pixels, 2 * Batch).Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach ((float[]? values, string? fault) in batch)
            {
                string name = list.Names[next++];
                if (values is null)
                    broken.Add($"{Shown.Name(name)} {fault}");
                else
                    ids.Add(name);
            }
            float[][] prepared = [.. batch.Where(picture => picture.Values is not null).Select(picture => picture.Values!)];
            if (prepared.Length > 0)
                rows.Add(encode(prepared));
        }
        return ([.. rows.SelectMany(batch => batch)], ids, broken);
    }
}
