namespace ModalityGap.Lab.Tests.Clip;

/// <summary>The slow twin of byte-level BPE: one word at a time, the first pair of the list that is there, everywhere, until none is.</summary>
internal static class SlowBpe
{
    public static int[] Encode(IReadOnlyDictionary<string, int> tokens, IReadOnlyList<string> merges, IReadOnlyList<string> letters)
    {
        List<string> parts = [.. letters];
        parts[^1] += "</w>";
        while (parts.Count > 1)
        {
            int best = int.MaxValue;
            for (int i = 0; i + 1 < parts.Count; i++)
                best = Rank(merges, $"{parts[i]} {parts[i + 1]}") is >= 0 and var rank ? Math.Min(best, rank) : best;
            if (best == int.MaxValue)
                break;
            for (int i = 0; i + 1 < parts.Count; i++)
                if ($"{parts[i]} {parts[i + 1]}" == merges[best])
                {
                    parts[i] += parts[i + 1];
                    parts.RemoveAt(i + 1);
                }
        }
        return [.. parts.Select(part => tokens[part])];
    }

    private static int Rank(IReadOnlyList<string> merges, string pair)
    {
        for (int i = 0; i < merges.Count; i++)
            if (merges[i] == pair)
                return i;
        return -1;
    }
}
