using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Clip.Tokens;

/// <summary>Finds and reads a model's vocabulary: <c>tokenizer.json</c>, <c>vocab.json</c> with <c>merges.txt</c>, or openai/CLIP's <c>bpe_simple_vocab_16e6.txt.gz</c>.</summary>
internal static class VocabularyFiles
{
    private const string OneFile = "tokenizer.json", Tokens = "vocab.json", Pairs = "merges.txt", Packed = "bpe_simple_vocab_16e6.txt.gz";

    /// <summary>What CLIP takes of the packed list, which is longer: its 49,152 tokens less 256 letters, twice, and two marks.</summary>
    private const int UsedPairs = 49152 - 256 - 2;

    /// <summary>The vocabularies of CLIP have two megabytes.</summary>
    private const int MostBytes = 64 << 20;

    /// <exception cref="EmbeddingDataException">There is none, or it is damaged.</exception>
    public static ClipVocabulary Find(string folder)
    {
        if (Path.Combine(folder, OneFile) is var one && File.Exists(one))
            return Read(one, bytes => OfOneFile(one, bytes));
        (string tokens, string pairs, string packed) = (Path.Combine(folder, Tokens), Path.Combine(folder, Pairs), Path.Combine(folder, Packed));
        if (File.Exists(tokens) && File.Exists(pairs))
            return Read(tokens, bytes => new ClipVocabulary(tokens, Numbers(JsonDocument.Parse(bytes).RootElement), Read(pairs, Lines)));
        if (File.Exists(packed))
            return Read(packed, bytes => ClipVocabulary.OfMerges(packed, [.. Lines(Unpack(bytes)).Take(UsedPairs)]));
        throw new EmbeddingDataException(
            folder,
            "it holds no vocabulary, without which texts cannot be read.",
            $"Put {OneFile}, or {Tokens} and {Pairs}, or openai/CLIP's {Packed} into it; all CLIP models of 49,408 tokens share one, "
                + "which openai/clip-vit-base-patch32 on Hugging Face and github.com/openai/CLIP have.");
    }

    private static ClipVocabulary OfOneFile(string path, byte[] bytes)
    {
        JsonElement root = JsonDocument.Parse(bytes).RootElement, model = root.GetProperty("model");
        Dictionary<string, int> tokens = Numbers(model.GetProperty("vocab"));
        if (root.TryGetProperty("added_tokens", out JsonElement added))
            foreach (JsonElement token in added.EnumerateArray())
                tokens[token.GetProperty("content").GetString()!] = token.GetProperty("id").GetInt32();
        string[] merges = [.. model.GetProperty("merges").EnumerateArray().Select(pair => pair.ValueKind == JsonValueKind.Array
            ? $"{pair[0].GetString()} {pair[1].GetString()}"
            : pair.GetString()!)];
        return new ClipVocabulary(path, tokens, merges);
    }

    private static T Read<T>(string path, Func<byte[], T> read)
    {
        try
        {
            using SourceFile file = SourceFile.Open(path);
            if (file.Length > MostBytes)
                throw file.Fault($"it has {Shown.Bytes(file.Length)}, far more than a vocabulary.", "Take it from where the model came.");
            var bytes = new byte[file.Length];
            file.ReadAt(0, bytes);
            return read(bytes);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or InvalidDataException or OverflowException or IndexOutOfRangeException)
        {
            throw new EmbeddingDataException(path, "it is not a vocabulary of CLIP.", "Take it again from where the model came.", exception);
        }
    }

    private static Dictionary<string, int> Numbers(JsonElement root) =>
        root.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);

    // The first line tells the version.
    private static string[] Lines(byte[] bytes) =>
        [.. Encoding.UTF8.GetString(bytes).Split('\n').Skip(1).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)];

    private static byte[] Unpack(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var part = new byte[1 << 16];
        for (int read; (read = gzip.Read(part)) > 0;)
        {
            unpacked.Write(part, 0, read);
            if (unpacked.Length > MostBytes)
                throw new InvalidDataException("It unpacks to more than a vocabulary has.");
        }
        return unpacked.ToArray();
    }
}
