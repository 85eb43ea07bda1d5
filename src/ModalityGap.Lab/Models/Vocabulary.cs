using System.Text;

namespace ModalityGap.Lab.Models;

/// <summary>
/// Numbers for words. Words that training has seen have their own; a word's parts of three letters, and words never seen, share a fixed number
/// of buckets by their hash, so that an unknown word still says something (Bojanowski et al., "Enriching Word Vectors with Subword
/// Information", TACL 2017).
/// </summary>
public sealed class Vocabulary
{
    /// <summary>The number that fills up short texts.</summary>
    public const int Padding = 0;

    /// <summary>How many numbers the hashed parts share.</summary>
    public const int Buckets = 2048;

    private const int PartLength = 3;

    private readonly Dictionary<string, int> numbers;

    /// <summary>A vocabulary of these words, in this order.</summary>
    public Vocabulary(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        Words = words;
        numbers = words.Select((word, index) => (word, index)).ToDictionary(pair => pair.word, pair => pair.index + 1, StringComparer.Ordinal);
    }

    /// <summary>The words with a number of their own.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>How many numbers there are.</summary>
    public int Size => 1 + Words.Count + Buckets;

    /// <summary>All words of these texts, in alphabetical order.</summary>
    public static Vocabulary Of(IEnumerable<string> texts) =>
        new([.. texts.SelectMany(Split).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>One number a word.</summary>
    public IEnumerable<int> Tokens(string text) => Split(text).Select(Token);

    /// <summary>One number a word and one for each of its parts.</summary>
    public IEnumerable<int> TokensAndParts(string text)
    {
        foreach (string word in Split(text))
        {
            yield return Token(word);
            string marked = $"<{word}>";
            for (int i = 0; i + PartLength <= marked.Length; i++)
                yield return Bucket(marked.AsSpan(i, PartLength));
        }
    }

    private int Token(string word) => numbers.TryGetValue(word, out int number) ? number : Bucket(word);

    // FNV-1a over UTF-16 code units.
    private int Bucket(ReadOnlySpan<char> part)
    {
        uint hash = 2166136261;
        foreach (char letter in part)
            hash = (hash ^ letter) * 16777619;
        return 1 + Words.Count + (int)(hash % Buckets);
    }

    // Runs of letters, marks and digits, in lower case.
    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
                continue;
            }
            if (word.Length > 0)
                yield return word.ToString();
            word.Clear();
        }
        if (word.Length > 0)
            yield return word.ToString();
    }
}
