using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ModalityGap.Sources;

/// <summary>How names and numbers from a file appear in a message: short, and without characters that a terminal would obey.</summary>
internal static partial class Shown
{
    private const int LongestName = 60;

    public static string Name(string name)
    {
        var text = new StringBuilder(Math.Min(name.Length, LongestName) + 3);
        foreach (char letter in name.AsSpan(0, Math.Min(name.Length, LongestName)))
            text.Append(char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter);
        return text.Append(name.Length > LongestName ? "..." : "").ToString();
    }

    /// <summary>A text without the passwords of the addresses in it: postgres://user:***@host.</summary>
    public static string WithoutPasswords(string text) => Password().Replace(text, "***");

    // Up to the last @ of the word: a password may hold one itself. A path that was tidied has one stroke only.
    [GeneratedRegex(@"(?<=:/{1,2}[^\s/@:]*:)\S*(?=@)")]
    private static partial Regex Password();

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Index(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Bytes(long number) => number == 1 ? "1 byte" : $"{Count(number)} bytes";

    /// <summary>A shape as NumPy prints it, such as (2, 500, 512).</summary>
    public static string Shape(IReadOnlyList<long> shape) =>
        shape.Count == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.Take(8))}{(shape.Count > 8 ? ", ..." : "")})";

    /// <summary>The first names of a list, and how many more there are.</summary>
    public static string Some(IReadOnlyCollection<string> names, int most = 8) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? $" and {Count(names.Count - most)} more" : "");
}
