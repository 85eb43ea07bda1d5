using System.Net;
using Microsoft.ML.Tokenizers;
using ModalityGap.Embeddings;

namespace ModalityGap.Lab.Clip.Tokens;

/// <summary>
/// CLIP's tokens of a text: lower case, pairs of bytes merged in the order of the vocabulary, a mark before and after, 77 numbers. HTML's entities are
/// resolved as in openai/CLIP; ftfy's repair of broken encodings is not done.
/// </summary>
public sealed class ClipTokenizer
{
    private readonly BpeTokenizer pairs;
    private readonly int start, end;

    private ClipTokenizer(ClipVocabulary vocabulary, int context)
    {
        (Context, Size, Source) = (context, vocabulary.Tokens.Values.Max() + 1, vocabulary.Source);
        (start, end) = (vocabulary.Tokens[ClipVocabulary.Start], vocabulary.Tokens[ClipVocabulary.End]);
        pairs = BpeTokenizer.Create(new BpeOptions(vocabulary.Tokens)
        {
            Merges = vocabulary.Merges,
            EndOfWordSuffix = ClipVocabulary.WordEnd,
            ByteLevel = true,
            PreTokenizer = new ClipWords(),
            SpecialTokens = new Dictionary<string, int> { [ClipVocabulary.Start] = start, [ClipVocabulary.End] = end },
        });
    }

    /// <summary>How many numbers a text has, with both marks and what fills it up.</summary>
    public int Context { get; }

    /// <summary>How many tokens there are.</summary>
    public int Size { get; }

    /// <summary>The file of the vocabulary.</summary>
    public string Source { get; }

    /// <summary>Reads the vocabulary in a model's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="context">The model's length of texts; default 77.</param>
    /// <exception cref="EmbeddingDataException">There is none, or it is damaged.</exception>
    public static ClipTokenizer Open(string folder, int context = 77)
    {
        ClipVocabulary vocabulary = VocabularyFiles.Find(folder);
        if (!vocabulary.Tokens.ContainsKey(ClipVocabulary.Start) || !vocabulary.Tokens.ContainsKey(ClipVocabulary.End))
            throw new EmbeddingDataException(
                vocabulary.Source, $"it lacks the marks {ClipVocabulary.Start} and {ClipVocabulary.End}.", "It is the vocabulary of another kind of model.");
        try
        {
            return new ClipTokenizer(vocabulary, context);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new EmbeddingDataException(
                vocabulary.Source, $"its tokens and pairs do not fit ({exception.Message.TrimEnd('.')}).", "Take them again from where the model came.", exception);
        }
    }

    /// <summary>The numbers of a text without marks, however many.</summary>
    public IReadOnlyList<int> Tokens(string text) => pairs.EncodeToIds(Cleaned(text), considerNormalization: false);

    /// <summary>Texts as n x <see cref="Context"/> numbers; what is too long loses its end, but not the mark.</summary>
    public TokenRows Encode(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var numbers = new long[texts.Count * Context];
        var truncated = new bool[texts.Count];
        Parallel.For(0, texts.Count, i =>
        {
            IReadOnlyList<int> tokens = Tokens(texts[i]);
            int kept = Math.Min(tokens.Count, Context - 2);
            truncated[i] = kept < tokens.Count;
            Span<long> row = numbers.AsSpan(i * Context, Context);
            row[0] = start;
            for (int k = 0; k < kept; k++)
                row[k + 1] = tokens[k];
            row[kept + 1] = end;
        });
        return new TokenRows(numbers, truncated);
    }

    private static string Cleaned(string text) => WebUtility.HtmlDecode(WebUtility.HtmlDecode(text)).ToLowerInvariant();
}

/// <summary>Texts as numbers.</summary>
/// <param name="Numbers">n x context numbers, row-major, filled up with 0.</param>
/// <param name="Truncated">Which texts were too long.</param>
public sealed record TokenRows(long[] Numbers, IReadOnlyList<bool> Truncated);
