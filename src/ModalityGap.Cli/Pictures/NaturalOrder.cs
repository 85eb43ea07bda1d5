namespace ModalityGap.Cli.Pictures;

/// <summary>The order in which people count files: runs of digits by their number, all else by its letters.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (a.Length > 0 && b.Length > 0)
        {
            int result = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])
                ? Number(ref a, ref b)
                : Letter(ref a, ref b);
            if (result != 0)
                return result;
        }
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(x, y);
    }

    private static int Letter(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        int result = a[0].CompareTo(b[0]);
        a = a[1..];
        b = b[1..];
        return result;
    }

    private static int Number(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        ReadOnlySpan<char> first = Digits(ref a), second = Digits(ref b);
        return first.Length != second.Length ? first.Length.CompareTo(second.Length) : first.SequenceCompareTo(second);
    }

    private static ReadOnlySpan<char> Digits(ref ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = text[..(end < 0 ? text.Length : end)];
        text = text[digits.Length..];
        return digits.TrimStart('0');
    }
}
