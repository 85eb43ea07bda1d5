using System.Numerics;
using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>
/// A small set of image and text embeddings that this project generates, for tests and examples that must not depend on a file: two cones around
/// shared semantics. It is not the output of a model (that is the emoji sample of <c>modgap demo</c>); its parameters are chosen so that its numbers lie near those of CLIP ViT-B/16 on
/// MSCOCO (gap 0.85, matched cosine 0.31, unmatched 0.16).
/// </summary>
/// <remarks>
/// x = c_x + √0.15 s + √0.35 ε for an image and y = c_y + √0.15 s + √0.20 t + √0.10 ε for a caption, then set to norm 1: c is the cone's axis,
/// which sways a little from row to row, s what an item's image and captions share, t what its captions share, ε noise of each row; s, t and ε are
/// orthogonal to the axes, so that plain retrieval does not depend on the gap. Made from integers and exactly rounded
/// arithmetic only: the same bits on every machine.
/// </remarks>
public static class BuiltInSample
{
    /// <summary>Number of items.</summary>
    public const int Items = 400;

    /// <summary>Number of dimensions.</summary>
    public const int Dimensions = 128;

    /// <summary>Captions per item.</summary>
    public const int Captions = 2;

    private const ulong Seed = 20220303;

    /// <summary>The images and the captions: 400 and 800 rows of 128 dimensions, with ids.</summary>
    public static IReadOnlyList<EmbeddingSet> Create()
    {
        var draw = new Draw(Seed);
        double[] common = draw.Direction(), imageOnly = draw.Direction(), textOnly = draw.Direction();
        // Most of what tells the cones apart lies in two coordinates, as in CLIP.
        imageOnly[17] += 1.6;
        textOnly[93] += 1.6;
        double[] imageAxis = Sum((0.40, common), (0.58, Unit(imageOnly)));
        double[] textAxis = Sum((0.40, common), (0.62, Unit(textOnly)));
        draw.Avoid(common, imageOnly, textOnly);
        List<double[]> images = [], texts = [];
        List<string> imageIds = [], textIds = [];
        for (int item = 0; item < Items; item++)
        {
            string id = FormattableString.Invariant($"item-{item:000}");
            double[] shared = draw.Direction(), ofText = draw.Direction();
            images.Add(Sum((1 + draw.Sway(), imageAxis), (draw.Sway(), common), (Math.Sqrt(0.15), shared), (Math.Sqrt(0.35), draw.Direction())));
            imageIds.Add(id);
            for (int caption = 0; caption < Captions; caption++)
            {
                texts.Add(Sum((1 + draw.Sway(), textAxis), (draw.Sway(), common), (Math.Sqrt(0.15), shared), (Math.Sqrt(0.20), ofText), (Math.Sqrt(0.10), draw.Direction())));
                textIds.Add(id);
            }
        }
        return [Set(Modality.Image, images, imageIds), Set(Modality.Text, texts, textIds)];
    }

    private static EmbeddingSet Set(Modality modality, List<double[]> rows, List<string> ids)
    {
        var provenance = new Provenance("built-in sample", "generated", "float32", null, Fingerprint.None);
        float[] values = [.. rows.SelectMany(row => Unit(row).Select(value => (float)value))];
        return new EmbeddingSet(modality, values, Dimensions, provenance, new RowNames { Ids = ids });
    }

    private static double[] Sum(params (double Weight, double[] Vector)[] parts)
    {
        var sum = new double[Dimensions];
        foreach ((double weight, double[] vector) in parts)
            for (int k = 0; k < sum.Length; k++)
                sum[k] += weight * vector[k];
        return sum;
    }

    private static double[] Unit(double[] vector)
    {
        double norm = Math.Sqrt(Product(vector, vector));
        return Array.ConvertAll(vector, value => value / norm);
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += a[k] * b[k];
        return sum;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private sealed class Draw(ulong state)
    {
        private readonly List<double[]> avoided = [];
        private ulong state = state;

        /// <summary>Makes later directions orthogonal to these.</summary>
        public void Avoid(params double[][] vectors)
        {
            foreach (double[] vector in vectors)
                avoided.Add(Unit(WithoutAvoided(vector)));
        }

        // Each coordinate from two counts of set bits, which are binomial and so nearly normal.
        public double[] Direction()
        {
            var vector = new double[Dimensions];
            for (int k = 0; k < vector.Length; k++)
                vector[k] = BitOperations.PopCount(Next()) + BitOperations.PopCount(Next()) - 64 + (Next() >> 40) * (1.0 / (1 << 24)) - 0.5;
            return Unit(WithoutAvoided(vector));
        }

        /// <summary>Near 0, seldom beyond ±0.15.</summary>
        public double Sway() => (BitOperations.PopCount(Next()) - 32) / 80.0;

        private double[] WithoutAvoided(double[] vector)
        {
            double[] rest = [.. vector];
            foreach (double[] other in avoided)
            {
                double along = Product(rest, other);
                for (int k = 0; k < rest.Length; k++)
                    rest[k] -= along * other[k];
            }
            return rest;
        }

        private ulong Next()
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
