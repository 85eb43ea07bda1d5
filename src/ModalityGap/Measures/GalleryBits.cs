namespace ModalityGap.Measures;

/// <summary>Up to 128 galleries of the same items side by side: bit g of an item says whether gallery g holds its document of the first modality.</summary>
internal sealed class GalleryBits
{
    private readonly UInt128[] first;
    private readonly UInt128 all;

    private GalleryBits(UInt128[] first, int count) => (this.first, Count, all) = (first, count, count == 128 ? UInt128.MaxValue : (UInt128.One << count) - 1);

    /// <summary>Number of galleries.</summary>
    public int Count { get; }

    public static GalleryBits Of(MixedGallery[] galleries)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(galleries.Length, 128);
        var first = new UInt128[galleries[0].Items];
        for (int g = 0; g < galleries.Length; g++)
            for (int j = 0; j < first.Length; j++)
                if (galleries[g].IsFirst(j))
                    first[j] |= UInt128.One << g;
        return new GalleryBits(first, galleries.Length);
    }

    /// <summary>What stands before an item's own document in each gallery; a document with the same score stands before it.</summary>
    /// <param name="item">The item that the query asks for.</param>
    /// <param name="ofFirst">Scores of the documents of the first modality.</param>
    /// <param name="ofSecond">Scores of the documents of the second modality.</param>
    public RanksUpToTen Rank(int item, float[] ofFirst, float[] ofSecond)
    {
        var ranks = new RanksUpToTen(all);
        UInt128 isFirst = first[item];
        float ownFirst = ofFirst[item], ownSecond = ofSecond[item], lowest = MathF.Min(ownFirst, ownSecond);
        for (int j = 0; j < ofFirst.Length; j++)
        {
            float a = ofFirst[j], b = ofSecond[j];
            if ((a < lowest && b < lowest) || j == item)
                continue;
            UInt128 bits = first[j];
            UInt128 beforeFirst = (a >= ownFirst ? bits : 0) | (b >= ownFirst ? ~bits : 0);
            UInt128 beforeSecond = (a >= ownSecond ? bits : 0) | (b >= ownSecond ? ~bits : 0);
            ranks.Add(((beforeFirst & isFirst) | (beforeSecond & ~isFirst)) & all);
            if (ranks.AllBeyond)
                break;
        }
        return ranks;
    }
}
