using ModalityGap.Embeddings;

namespace ModalityGap.Lab.Clip.Encoders;

/// <summary>Towers in one or two ONNX files.</summary>
internal sealed class OnnxTowers : IClipTowers
{
    private readonly OnnxTower[] files;
    private readonly OnnxTower? images, texts;
    private readonly string location;

    private OnnxTowers(string location, OnnxTower[] files, int? side)
    {
        (this.location, this.files) = (location, files);
        // A file of its own before one that holds both.
        images = files.Where(file => file.Pixels is not null).OrderBy(file => file.Tokens is not null).FirstOrDefault();
        texts = files.Where(file => file.Tokens is not null).OrderBy(file => file.Pixels is not null).FirstOrDefault();
        Side = images is null ? 0 : images.Side > 0 ? images.Side : side ?? OnnxTower.UsualSide;
        Context = texts is null ? 0 : texts.Context > 0 ? texts.Context : OnnxTower.UsualContext;
        Dimensions = texts is not null
            ? EncodeTexts(Blank(Context), 1).Length
            : EncodeImages(new float[3 * Side * Side], 1).Length;
        if (texts is not null && images is not null && EncodeImages(new float[3 * Side * Side], 1).Length is var other && other != Dimensions)
            throw new EmbeddingDataException(location, $"its towers have {other} and {Dimensions} dimensions.", "Name a folder with the two towers of one model.");
    }

    public int Dimensions { get; }

    public int Side { get; }

    public int Context { get; }

    public int? Vocabulary => null;

    /// <summary>The inputs and outputs that were found, a line a file.</summary>
    public IReadOnlyList<string> Description => [.. files.Select(file => file.Description)];

    /// <param name="location">The folder, for faults.</param>
    /// <param name="paths">The files.</param>
    /// <param name="side">Height and width of pictures where the file leaves it open; default 224.</param>
    /// <exception cref="EmbeddingDataException">One is no tower, or there are several of a kind.</exception>
    public static OnnxTowers Open(string location, IReadOnlyList<string> paths, int? side)
    {
        List<OnnxTower> files = [];
        try
        {
            foreach (string path in paths)
                files.Add(OnnxTower.Open(path));
            if (files.Count(file => file.Pixels is not null) > 2 || files.Count(file => file.Tokens is not null) > 2)
                throw new EmbeddingDataException(location, "it holds several ONNX models.", "Put the two files of one model into a folder of their own.");
            return new OnnxTowers(location, [.. files], side);
        }
        catch
        {
            foreach (OnnxTower file in files)
                file.Dispose();
            throw;
        }
    }

    public float[] EncodeImages(float[] pixels, int count) =>
        (images ?? throw new EmbeddingDataException(location, "it has no image tower.", "Put the ONNX file of the image tower beside it.")).EncodeImages(pixels, count, Side);

    public float[] EncodeTexts(long[] tokens, int count) =>
        (texts ?? throw new EmbeddingDataException(location, "it has no text tower.", "Put the ONNX file of the text tower beside it.")).EncodeTexts(tokens, count);

    public void Dispose()
    {
        foreach (OnnxTower file in files)
            file.Dispose();
    }

    // The marks of CLIP's vocabulary, which no text lacks.
    private static long[] Blank(int context)
    {
        var tokens = new long[context];
        (tokens[0], tokens[1]) = (49406, 49407);
        return tokens;
    }
}
