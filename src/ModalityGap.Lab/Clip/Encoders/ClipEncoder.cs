using ModalityGap.Embeddings;
using ModalityGap.Lab.Clip.Checkpoints;
using ModalityGap.Lab.Clip.Pixels;
using ModalityGap.Lab.Clip.Tokens;

namespace ModalityGap.Lab.Clip.Encoders;

/// <summary>A CLIP model with its tokenizer and its preprocessing: texts and encoded pictures in, embeddings out, not set to norm 1.</summary>
public sealed class ClipEncoder : IDisposable
{
    private const string PreprocessorFile = "preprocessor_config.json";

    private readonly string folder;
    private readonly Lazy<ClipTokenizer> tokenizer;

    private ClipEncoder(ClipModelFiles files, IClipTowers towers, ClipPixels pixels, ClipCheckpoint? checkpoint)
    {
        (folder, Towers, Pixels, Checkpoint) = (files.Folder, towers, pixels, checkpoint);
        Location = files.Weights.Count > 0 ? files.Weights[0] : files.Onnx[0];
        Files = [.. files.Weights, .. files.Onnx];
        tokenizer = new Lazy<ClipTokenizer>(OpenTokenizer);
    }

    /// <summary>The file of the weights, or the first of several.</summary>
    public string Location { get; }

    /// <summary>What runs the model.</summary>
    public IClipTowers Towers { get; }

    /// <summary>How pictures are prepared.</summary>
    public ClipPixels Pixels { get; }

    /// <summary>Its tokenizer, read when first asked for.</summary>
    /// <exception cref="EmbeddingDataException">The folder holds no vocabulary, or a damaged one.</exception>
    public ClipTokenizer Tokenizer => tokenizer.Value;

    /// <summary>What was read; <c>null</c> for an ONNX model.</summary>
    public ClipCheckpoint? Checkpoint { get; }

    internal IReadOnlyList<string> Files { get; }

    /// <summary>Opens a model: a folder with a checkpoint or ONNX files, its configuration and its vocabulary; or one such file.</summary>
    /// <exception cref="EmbeddingDataException">There is none, or it cannot be used.</exception>
    public static ClipEncoder Open(string path)
    {
        ClipModelFiles files = ClipModelFiles.Find(path);
        if (files.Weights.Count == 0)
        {
            ClipConfiguration? beside = files.Configuration(ClipNaming.OpenClip);
            OnnxTowers onnx = OnnxTowers.Open(path, files.Onnx, beside?.Side);
            return new ClipEncoder(files, onnx, PixelsOf(files.Folder, onnx.Side, beside), null);
        }
        ClipCheckpoint checkpoint = ClipCheckpoint.Load(files);
        return new ClipEncoder(
            files,
            new TorchTowers(checkpoint.Model),
            PixelsOf(files.Folder, checkpoint.Model.Architecture.Image.Side, files.Configuration(checkpoint.Naming)),
            checkpoint);
    }

    /// <summary>The embeddings of texts, n x d, and which texts were too long.</summary>
    public (float[] Rows, IReadOnlyList<bool> Truncated) EncodeTexts(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        TokenRows tokens = Tokenizer.Encode(texts);
        return (texts.Count == 0 ? [] : Towers.EncodeTexts(tokens.Numbers, texts.Count), tokens.Truncated);
    }

    /// <summary>The embeddings of prepared pictures, n x d.</summary>
    /// <param name="pictures">What <see cref="ClipPreprocessing.Read"/> gave for each.</param>
    public float[] EncodeImages(IReadOnlyList<float[]> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count == 0)
            return [];
        int each = 3 * Pixels.Side * Pixels.Side;
        var pixels = new float[checked(pictures.Count * each)];
        for (int i = 0; i < pictures.Count; i++)
            pictures[i].CopyTo(pixels, i * each);
        return Towers.EncodeImages(pixels, pictures.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => Towers.Dispose();

    private ClipTokenizer OpenTokenizer()
    {
        var opened = ClipTokenizer.Open(folder, Towers.Context);
        if (Towers.Vocabulary is { } known && opened.Size > known)
            throw new EmbeddingDataException(
                opened.Source, $"it has {opened.Size} tokens, the model knows {known}.", "Take the vocabulary from where the model came.");
        return opened;
    }

    // What a file of the preprocessing says counts more than the model's configuration; CLIP's own numbers where neither says any.
    private static ClipPixels PixelsOf(string folder, int side, ClipConfiguration? configuration)
    {
        string beside = Path.Combine(folder, PreprocessorFile);
        (float[] Mean, float[] Deviation)? said = (File.Exists(beside) ? ClipConfiguration.Read(beside).Pixels : null) ?? configuration?.Pixels;
        var pixels = new ClipPixels { Side = side };
        return said is { } numbers ? pixels with { Mean = numbers.Mean, Deviation = numbers.Deviation } : pixels;
    }
}
