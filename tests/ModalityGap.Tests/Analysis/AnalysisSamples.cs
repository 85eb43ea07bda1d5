using ModalityGap.Embeddings;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Analysis;

/// <summary>Inputs for whole analyses.</summary>
internal static class AnalysisSamples
{
    private static readonly string[] Names = ["image", "text", "sound", "depth"];

    public static EmbeddingSet[] Modalities(int items, int dimensions, int count) => Modalities(items, dimensions, 2, Names[..count]);

    public static EmbeddingSet[] Modalities(int items, int dimensions, long seed, params string[] names)
    {
        RandomStream random = new(seed);
        double[][] meanings = [.. Enumerable.Range(0, items).Select(_ => Rows.Gaussian(random, dimensions))];
        return
        [
            .. names.Select(name =>
            {
                double[] axis = Rows.Gaussian(random, dimensions);
                return Rows.Set(new Modality(name), meanings.Select(meaning =>
                    Rows.Plus(Rows.Plus(meaning, axis, 0.8), Rows.Gaussian(random, dimensions), 0.4)));
            }),
        ];
    }

    public static EmbeddingSet[] Pair(int items, int dimensions, long seed = 1) => Modalities(items, dimensions, seed, "image", "text");

    /// <summary>An image and <paramref name="captions"/> texts per item, one after the other.</summary>
    public static EmbeddingSet[] Captioned(int items, int dimensions, int captions)
    {
        EmbeddingSet[] sets = Modalities(items, dimensions, 5, ["image", .. Enumerable.Range(0, captions).Select(k => $"text{k}")]);
        IEnumerable<double[]> texts = Enumerable.Range(0, items).SelectMany(item =>
            sets.Skip(1).Select(set => Array.ConvertAll(set.Row(item).ToArray(), value => (double)value)));
        return [sets[0], Rows.Set(Modality.Text, texts)];
    }

    public static EmbeddingSet Constant(string name, int items, params double[] row) =>
        Rows.Set(new Modality(name), Enumerable.Repeat(row, items));

    public static AnalysisResult Run(EmbeddingSet[] inputs, AnalysisOptions? options = null) => GapAnalysis.Run(inputs, options);

    /// <summary>The JSON text, read and written again: the same, and so finite throughout.</summary>
    public static string Json(AnalysisResult result)
    {
        string text = AnalysisJson.ToText(result);
        using var stream = new MemoryStream();
        AnalysisJson.Write(stream, result);
        stream.Position = 0;
        Assert.Equal(text, AnalysisJson.ToText(AnalysisJson.Read(stream)));
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", text, StringComparison.Ordinal);
        return text;
    }
}
