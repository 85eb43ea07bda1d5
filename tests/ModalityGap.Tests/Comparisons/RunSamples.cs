using ModalityGap.Embeddings;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Comparisons;

/// <summary>Models whose difference is known, because it is known how their embeddings were made.</summary>
internal static class RunSamples
{
    /// <summary>
    /// An item's meaning is the same for all models of one seed; a model adds noise of its own and moves its modalities apart along an axis of its own.
    /// </summary>
    /// <param name="name">The model's name.</param>
    /// <param name="gap">How far apart its modalities are moved.</param>
    /// <param name="noise">Noise of every row.</param>
    /// <param name="items">Number of items.</param>
    /// <param name="d">Dimensions, beside the one of the gap.</param>
    /// <param name="texts">Texts per item.</param>
    /// <param name="seed">Seed of the meanings.</param>
    /// <param name="named">Whether rows carry ids.</param>
    public static ModelRun Make(
        string name, double gap, double noise, int items = 60, int d = 16, int texts = 1, long seed = 5, bool named = false)
    {
        RandomStream meanings = new(seed), own = new RandomStream(seed).Fork(name);
        List<double[]> images = [], captions = [];
        List<string> ids = [], captionIds = [];
        for (int i = 0; i < items; i++)
        {
            double[] meaning = Rows.Unit(Rows.Gaussian(meanings, 12));
            images.Add(Row(meaning, gap / 2));
            ids.Add($"item {i}");
            for (int t = 0; t < texts; t++)
            {
                captions.Add(Row(meaning, -gap / 2));
                captionIds.Add($"item {i}");
            }
        }
        return new ModelRun(name, Rows.Set(Modality.Image, images, named ? ids : null), Rows.Set(Modality.Text, captions, named ? captionIds : null));

        double[] Row(double[] meaning, double along)
        {
            double[] row = [.. meaning, .. new double[d - meaning.Length + 1]];
            row = Rows.Plus(row, Rows.Unit(Rows.Gaussian(own, row.Length)), noise);
            row[^1] += along;
            return row;
        }
    }

    /// <summary>Copies of a model's rows under another name.</summary>
    public static ModelRun Copy(ModelRun run, string name) => run with { Name = name };
}
