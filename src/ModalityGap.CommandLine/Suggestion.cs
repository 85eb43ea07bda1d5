namespace ModalityGap.CommandLine;

/// <summary>What was probably meant by a mistyped word.</summary>
internal static class Suggestion
{
    /// <summary>The candidate that fewest edits lead to, if it is near enough to be a slip of the fingers.</summary>
    public static string? For(string typed, IEnumerable<string> candidates)
    {
        (string? best, int distance) = (null, int.MaxValue);
        foreach (string candidate in candidates)
        {
            int edits = candidate.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && typed.Length >= 3 ? 1 : Edits(typed, candidate);
            if (edits < distance)
                (best, distance) = (candidate, edits);
        }
        return distance <= Math.Max(1, typed.Length / 3) ? best : null;
    }

    /// <summary>" Did you mean x?", or nothing.</summary>
    public static string Sentence(string typed, IEnumerable<string> candidates) =>
        For(typed, candidates) is { } meant ? $" Did you mean {meant}?" : "";

    // Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static int Edits(string typed, string meant)
    {
        string a = typed.ToUpperInvariant(), b = meant.ToUpperInvariant();
        var table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            table[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            table[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[a.Length, b.Length];
    }
}
