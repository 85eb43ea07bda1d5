using ModalityGap.Lab.Clip.Pixels;
using ModalityGap.Lab.Data;
using ModalityGap.Statistics;
using static TorchSharp.torch;

namespace ModalityGap.Lab.Reproduction.Networks;

/// <summary>
/// Some items of a set of pictures with texts as inputs of the published networks: a picture of each, enlarged to 224 x 224 where the set is kept smaller, and
/// its first text, of which each word is a token, numbered by its first use, between CLIP's marks of start and end. Random token embeddings have the same law whatever
/// the numbers are.
/// </summary>
internal sealed class ItemInputs
{
    // Emoji are drawn with 64 pixels to a side.
    private const int Side = 224, EmojiSide = 64, Length = 77, FirstToken = 1, StartToken = 49406, EndToken = 49407;

    private static readonly ClipPixels Usual = new() { Side = Side };

    private readonly ImageTextSet set;
    private readonly int[] images;
    private readonly Dictionary<string, int> words = [];

    private ItemInputs(ImageTextSet set, int[] images)
    {
        (this.set, this.images) = (set, images);
        Texts = [.. images.Select(image => set.Items[set.Images[image].Item].Texts[0])];
        foreach (string word in Texts.SelectMany(Words))
            words.TryAdd(word, FirstToken + words.Count);
    }

    public int Count => images.Length;

    // How the published image towers read pictures.
    private ClipPixels Reading { get; init; } = Usual;

    /// <summary>The first text of each item.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>What they are, in words.</summary>
    public string Name => set.Name;

    /// <summary>Whether they are of MSCOCO, as the paper's.</summary>
    public bool AreMsCoco => set.Name.StartsWith("captions_", StringComparison.Ordinal);

    /// <summary>Opens a set and draws items of it, and one picture of each where it has several.</summary>
    public static ItemInputs Open(string source, int most, RandomStream random, CancellationToken cancellation)
    {
        int side = source is DataSource.EmojiName or DataSource.EmojiTonesName ? EmojiSide : Side;
        ImageTextSet set = DataSource.Open(source, new DataOptions { Side = side }, null, cancellation).Set;
        ILookup<int, int> ofItem = Enumerable.Range(0, set.Images.Count).ToLookup(image => set.Images[image].Item);
        int[] items = [.. random.Fork("items").NextPermutation(set.Items.Count).Where(item => ofItem[item].Any()).Take(most).Order()];
        RandomStream pictures = random.Fork("pictures");
        return new ItemInputs(set, [.. items.Select(item => ofItem[item].ElementAt(pictures.NextIndex(ofItem[item].Count())))]);
    }

    /// <summary>The first of them.</summary>
    public ItemInputs First(int count) => new(set, images[..Math.Min(count, Count)]) { Reading = Reading };

    /// <summary>The same without the statistics of pixels: values from 0 to 1.</summary>
    public ItemInputs Plain() => new(set, images) { Reading = Reading.Plain() };

    /// <summary>3 x side x side values of one picture.</summary>
    public float[] Picture(int index, ClipPixels pixels)
    {
        byte[] planes = set.Pixels[images[index]];
        int plane = set.Side * set.Side;
        var bytes = new byte[PicturePixels.Channels * plane];
        for (int i = 0; i < plane; i++)
        {
            for (int channel = 0; channel < ImageTextSet.Channels; channel++)
                bytes[PicturePixels.Channels * i + channel] = planes[channel * plane + i];
            bytes[PicturePixels.Channels * i + ImageTextSet.Channels] = byte.MaxValue;
        }
        return ClipPreprocessing.Values(PixelScaling.ToSquare(new PicturePixels(set.Side, set.Side, bytes, false, false), pixels.Side), pixels);
    }

    /// <summary>Pictures as the published image towers read them: n x 3 x 224 x 224.</summary>
    public Tensor Pixels(int first, int count) => tensor(
        [.. Enumerable.Range(first, count).SelectMany(index => Picture(index, Reading))], [count, ImageTextSet.Channels, Side, Side]);

    /// <summary>Texts as the published text tower reads them: n x 77.</summary>
    public Tensor Tokens(int first, int count)
    {
        var numbers = new long[count * Length];
        for (int k = 0; k < count; k++)
        {
            long[] text = [StartToken, .. Words(Texts[first + k]).Take(Length - 2).Select(word => (long)words[word]), EndToken];
            text.CopyTo(numbers, k * Length);
        }
        return tensor(numbers, [count, Length]);
    }

    private static string[] Words(string text) => text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
