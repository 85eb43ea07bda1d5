using System.Text;

namespace ModalityGap.Lab.Clip.Tokens;

/// <summary>The tokens of a CLIP model and the pairs that make longer ones of shorter ones, in their order.</summary>
/// <param name="Source">The file that it came from.</param>
/// <param name="Tokens">Numbers of tokens; a token that ends a word ends in <c>&lt;/w&gt;</c>.</param>
/// <param name="Merges">Pairs with a blank between.</param>
internal sealed record ClipVocabulary(string Source, IReadOnlyDictionary<string, int> Tokens, IReadOnlyList<string> Merges)
{
    public const string WordEnd = "</w>", Start = "<|startoftext|>", End = "<|endoftext|>";

    /// <summary>Letters for bytes: the visible ones of Latin-1 stand for themselves, the others come after U+00FF.</summary>
    public static IEnumerable<string> ByteLetters
    {
        get
        {
            for (int value = '!'; value <= 'ÿ'; value++)
                if (IsVisible(value))
                    yield return ((char)value).ToString();
            for (int place = 0; place < 256 - Enumerable.Range(0, 256).Count(IsVisible); place++)
                yield return ((char)(256 + place)).ToString();
        }
    }

    /// <summary>The vocabulary of openai/CLIP that follows from its list of pairs: letters, letters that end a word, what each pair makes, two marks.</summary>
    public static ClipVocabulary OfMerges(string source, IReadOnlyList<string> merges)
    {
        Dictionary<string, int> tokens = new(StringComparer.Ordinal);
        string[] letters = [.. ByteLetters];
        string[] made = [.. merges.Select(pair => pair.Replace(" ", "", StringComparison.Ordinal))];
        foreach (string token in (IEnumerable<string>)[.. letters, .. letters.Select(letter => letter + WordEnd), .. made, Start, End])
            tokens.TryAdd(token, tokens.Count);
        return new ClipVocabulary(source, tokens, merges);
    }

    /// <summary>A text as letters that stand for its bytes in UTF-8.</summary>
    public static string ToLetters(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => LetterOf[value]));

    private static readonly string[] LetterOf = LettersInOrderOfBytes();

    private static string[] LettersInOrderOfBytes()
    {
        var letters = new string[256];
        int hidden = 0;
        for (int value = 0; value < letters.Length; value++)
            letters[value] = ((char)(IsVisible(value) ? value : 256 + hidden++)).ToString();
        return letters;
    }

    private static bool IsVisible(int value) => value is (>= '!' and <= '~') or (>= '¡' and <= '¬') or (>= '®' and <= 'ÿ');
}
