using System.Security.Cryptography;

namespace ModalityGap.Lab.Data;

/// <summary>Items that cannot be told apart by their name or by one of their pictures.</summary>
internal static class TwinItems
{
    /// <summary>Every item once, in groups of twins; groups and members in the order of the items.</summary>
    public static int[][] Of(ImageTextSet set)
    {
        int[] elder = [.. Enumerable.Range(0, set.Items.Count)];
        Dictionary<string, int> first = new(StringComparer.OrdinalIgnoreCase);
        for (int item = 0; item < elder.Length; item++)
            Join(elder, first, set.Items[item].Texts[0], item);
        first.Clear();
        for (int i = 0; i < set.Images.Count; i++)
            Join(elder, first, Convert.ToHexString(SHA256.HashData(set.Pixels[i])), set.Images[i].Item);
        return [.. Enumerable.Range(0, elder.Length).GroupBy(item => Eldest(elder, item)).Select(group => group.ToArray())];
    }

    private static void Join(int[] elder, Dictionary<string, int> first, string key, int item)
    {
        if (first.TryAdd(key, item))
            return;
        (int a, int b) = (Eldest(elder, first[key]), Eldest(elder, item));
        (elder[a], elder[b]) = (Math.Min(a, b), Math.Min(a, b));
    }

    private static int Eldest(int[] elder, int item)
    {
        while (elder[item] != item)
            item = elder[item];
        return item;
    }
}
