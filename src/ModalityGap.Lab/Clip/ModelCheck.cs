using ModalityGap.Lab.Clip.Encoders;
using ModalityGap.Lab.Clip.Pixels;
using SkiaSharp;

namespace ModalityGap.Lab.Clip;

/// <summary>
/// Whether a model sees what it should: cosines of eight drawn pictures with eight sentences about them. A trained CLIP model puts nearly every picture nearest to its own sentence, with cosines
/// of about 0.2 to 0.35; one whose weights, tokens or pixels are mixed up does neither.
/// </summary>
/// <param name="Matched">The cosine of each picture with its own sentence.</param>
/// <param name="OtherMean">The mean of all other cosines.</param>
/// <param name="First">How many pictures are nearest to their own sentence.</param>
public sealed record ModelCheck(IReadOnlyList<double> Matched, double OtherMean, int First)
{
    /// <summary>The range in which the mean of the matched cosines of a trained CLIP model is expected.</summary>
    public const double Lowest = 0.15, Highest = 0.45;

    private const int Size = 256;

    private static readonly (string Sentence, SKColor Colour, bool IsRound)[] Scenes =
    [
        ("a red circle on a white background", SKColors.Red, true),
        ("a blue circle on a white background", SKColors.Blue, true),
        ("a green circle on a white background", SKColors.Green, true),
        ("a black circle on a white background", SKColors.Black, true),
        ("a red square on a white background", SKColors.Red, false),
        ("a blue square on a white background", SKColors.Blue, false),
        ("a yellow square on a white background", SKColors.Yellow, false),
        ("a black square on a white background", SKColors.Black, false),
    ];

    /// <summary>The mean of the matched cosines.</summary>
    public double MatchedMean => Matched.Average();

    /// <summary>How many pictures there are.</summary>
    public int Pictures => Matched.Count;

    /// <summary>Whether the cosines are those of a trained model: in the range, above the others, and half of the pictures nearest to their sentence.</summary>
    public bool Passes => MatchedMean is >= Lowest and <= Highest && MatchedMean > OtherMean && 2 * First >= Pictures;

    /// <summary>Draws, embeds and compares.</summary>
    public static ModelCheck Run(ClipEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        int d = encoder.Towers.Dimensions, n = Scenes.Length;
        float[] pictures = encoder.EncodeImages([.. Scenes.Select(scene => ClipPreprocessing.Read(Draw(scene.Colour, scene.IsRound), encoder.Pixels, out _)!)]);
        float[] sentences = encoder.EncodeTexts([.. Scenes.Select(scene => scene.Sentence)]).Rows;
        var matched = new double[n];
        double others = 0;
        int first = 0;
        for (int i = 0; i < n; i++)
        {
            double[] cosines = [.. Enumerable.Range(0, n).Select(j => Cosine(pictures.AsSpan(i * d, d), sentences.AsSpan(j * d, d)))];
            matched[i] = cosines[i];
            others += cosines.Sum() - cosines[i];
            first += cosines.Max() == cosines[i] ? 1 : 0;
        }
        return new ModelCheck(matched, others / (n * (n - 1)), first);
    }

    private static double Cosine(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double product = 0, first = 0, second = 0;
        for (int k = 0; k < x.Length; k++)
        {
            product += (double)x[k] * y[k];
            first += (double)x[k] * x[k];
            second += (double)y[k] * y[k];
        }
        return product / Math.Sqrt(first * second);
    }

    private static byte[] Draw(SKColor colour, bool isRound)
    {
        using var bitmap = new SKBitmap(Size, Size);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        canvas.Clear(SKColors.White);
        if (isRound)
            canvas.DrawCircle(Size / 2f, Size / 2f, Size / 3f, paint);
        else
            canvas.DrawRect(Size / 5f, Size / 5f, Size * 3 / 5f, Size * 3 / 5f, paint);
        canvas.Flush();
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
