using System.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>Which items of a gallery are represented by their document of the first modality; the others by that of the second.</summary>
internal sealed class MixedGallery
{
    private readonly ulong[] first;

    private MixedGallery(int items, int ofFirst, int[] order)
    {
        Items = items;
        OfFirst = ofFirst;
        first = new ulong[(items + 63) / 64];
        for (int k = 0; k < ofFirst; k++)
            first[order[k] >> 6] |= 1UL << order[k];
    }

    public int Items { get; }

    /// <summary>Number of documents of the first modality.</summary>
    public int OfFirst { get; }

    public bool IsFirst(int item) => (first[item >> 6] >> item & 1) != 0;

    /// <summary>Galleries with ⌊rN + ½⌋ items of the first modality, chosen at random; one where there is nothing to choose.</summary>
    public static MixedGallery[] Draw(int items, double share, int count, RandomStream random)
    {
        int ofFirst = (int)Math.Floor(share * items + 0.5);
        bool unique = ofFirst == 0 || ofFirst == items;
        // The same orders serve every share, so that shares differ by the documents that change and not by chance.
        return [.. Enumerable.Range(0, unique ? 1 : count)
            .Select(draw => new MixedGallery(items, ofFirst, random.Fork("gallery", draw).NextPermutation(items)))];
    }

    /// <summary>How many of the items in a set are represented by the first modality.</summary>
    public int CountFirst(ulong[] set)
    {
        int count = 0;
        for (int w = 0; w < set.Length; w++)
            count += BitOperations.PopCount(set[w] & first[w]);
        return count;
    }

    /// <summary>How many of the items in a set are represented by the second modality.</summary>
    public int CountSecond(ulong[] set)
    {
        int count = 0;
        for (int w = 0; w < set.Length; w++)
            count += BitOperations.PopCount(set[w] & ~first[w]);
        return count;
    }
}
