using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Tokens;
using ModalityGap.Testing;

namespace ModalityGap.Lab.Tests.Clip;

public sealed class ClipTokenizerTests : IDisposable
{
    private const string PackedName = "bpe_simple_vocab_16e6.txt.gz";

    // Enough for a few words; the fourth makes a whole word of "the".
    private static readonly string[] Pairs = ["t h", "i n", "a n", "th e</w>", "c a", "ca t</w>", "a t</w>", "e r", "Ã ¤"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tokens_ReferenceTexts_AreThoseOfOpenAi()
    {
        File.Copy(SharedFolder.File("data", "clip-bpe", PackedName), folder[PackedName]);
        var tokenizer = ClipTokenizer.Open(folder.Path);
        JsonElement[] cases = [.. JsonDocument.Parse(File.ReadAllText(SharedFolder.File("data", "clip-bpe", "clip_bpe_vectors.json")))
            .RootElement.GetProperty("cases").EnumerateArray()];
        Assert.Equal(44, cases.Length);

        Assert.Empty(
            from vector in cases
            let text = vector.GetProperty("text").GetString()!
            let expected = vector.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray()
            let actual = tokenizer.Tokens(text)
            where !expected.SequenceEqual(actual)
            select $"{text}: {string.Join(' ', actual)} instead of {string.Join(' ', expected)}");
        TokenRows rows = tokenizer.Encode(["a photo of a cat"]);
        Assert.Equal([49406, 320, 1125, 539, 320, 2368, 49407, 0], rows.Numbers[..8]);
        Assert.Equal(49408, tokenizer.Size);
    }

    [Fact]
    public void Encode_TextsOfTheReferenceModel_AreItsTokens()
    {
        File.Copy(SharedFolder.File("data", "clip-bpe", PackedName), folder[PackedName]);

        TokenRows rows = ClipTokenizer.Open(folder.Path).Encode(TinyClip.Texts("vit"));

        Assert.Equal(TinyClip.Array<long>("clip-tiny", "vit.tokens.npy"), rows.Numbers);
    }

    [Theory]
    [InlineData("the cat")]
    [InlineData("THE thing, in 42 cans; they're über")]
    [InlineData("a&amp;b 'tis <|endoftext|> cat's")]
    [InlineData("")]
    [InlineData("  the \t cat\n")]
    [InlineData("日本 😀🐱 e\u0301 𝒜b")]
    public void Tokens_OwnVocabulary_AreThoseOfTheSlowTwin(string text)
    {
        var tokenizer = Open(Pairs);
        ClipVocabulary vocabulary = ClipVocabulary.OfMerges("", Pairs);
        string cleaned = System.Net.WebUtility.HtmlDecode(text).ToLowerInvariant();
        int[] expected = [.. new ClipWords().PreTokenize(cleaned).Select(word => cleaned.Substring(word.Offset, word.Length)).SelectMany(word =>
            vocabulary.Tokens.TryGetValue(word, out int mark) && word.StartsWith("<|", StringComparison.Ordinal)
                ? [mark]
                : SlowBpe.Encode(vocabulary.Tokens, Pairs, [.. ClipVocabulary.ToLetters(word).Select(letter => letter.ToString())]))];

        Assert.Equal(expected, tokenizer.Tokens(text));
    }

    [Fact]
    public void PreTokenize_EveryKind_IsCutAsClipDoes()
    {
        const string text = "it's 42% don't!!'s 𝒜b😀🐱 <|startoftext|>x";

        string[] words = [.. new ClipWords().PreTokenize(text).Select(word => text.Substring(word.Offset, word.Length))];

        Assert.Equal(["it", "'s", "4", "2", "%", "don", "'t", "!!'", "s", "𝒜b", "😀🐱", "<|startoftext|>", "x"], words);
    }

    [Fact]
    public void Encode_TooLong_KeepsTheMarkAndSaysSo()
    {
        var tokenizer = Open(Pairs, context: 8);

        TokenRows rows = tokenizer.Encode(["the the the the the the", "the the the the the the the", ""]);

        int the = tokenizer.Tokens("the")[0], end = tokenizer.Size - 1;
        Assert.Equal([end - 1, the, the, the, the, the, the, end], rows.Numbers[..8]);
        Assert.Equal(rows.Numbers[..8], rows.Numbers[8..16]);
        Assert.Equal([end - 1, end, 0, 0, 0, 0, 0, 0], rows.Numbers[16..]);
        Assert.Equal([false, true, false], rows.Truncated);
    }

    [Fact]
    public void Open_EachFormOfTheVocabulary_GivesTheSameTokens()
    {
        const string text = "the cat in the can, 7 thin ants";
        IReadOnlyList<int> expected = Open(Pairs).Tokens(text);
        ClipVocabulary vocabulary = ClipVocabulary.OfMerges("", Pairs);
        string tokens = JsonSerializer.Serialize(vocabulary.Tokens);

        File.Delete(folder[PackedName]);
        File.WriteAllText(folder["vocab.json"], tokens);
        File.WriteAllText(folder["merges.txt"], "#version: 0.2\n" + string.Join('\n', Pairs) + "\n");
        Assert.Equal(expected, ClipTokenizer.Open(folder.Path).Tokens(text));

        File.WriteAllText(folder["tokenizer.json"], $"{{\"model\": {{\"vocab\": {tokens}, \"merges\": {JsonSerializer.Serialize(Pairs)}}}}}");
        Assert.Equal(expected, ClipTokenizer.Open(folder.Path).Tokens(text));

        string apart = JsonSerializer.Serialize(Pairs.Select(pair => pair.Split(' ')));
        File.WriteAllText(folder["tokenizer.json"], $"{{\"model\": {{\"vocab\": {tokens}, \"merges\": {apart}}}}}");
        Assert.Equal(expected, ClipTokenizer.Open(folder.Path).Tokens(text));
    }

    [Theory]
    [InlineData(null, "", "no vocabulary")]
    [InlineData("tokenizer.json", "{}", "not a vocabulary")]
    [InlineData("tokenizer.json", """{"model": {"vocab": {"a": 0}, "merges": []}}""", "lacks the marks")]
    [InlineData(PackedName, "not packed", "not a vocabulary")]
    public void Open_NoOrAnotherVocabulary_SaysSo(string? name, string content, string told)
    {
        if (name is not null)
            File.WriteAllText(folder[name], content);

        var fault = Assert.Throws<EmbeddingDataException>(() => ClipTokenizer.Open(folder.Path));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    private ClipTokenizer Open(string[] pairs, int context = 77)
    {
        VocabularyFile.Write(folder[PackedName], pairs);
        return ClipTokenizer.Open(folder.Path, context);
    }
}
