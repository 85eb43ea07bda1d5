using ModalityGap.Embeddings;
using ModalityGap.Selection;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Selection;

/// <summary>Items whose best correction is known, because it is known how they were made.</summary>
internal static class SelectionSamples
{
    /// <summary>Both documents and the query of an item are its meaning with noise of their own; each modality may then be moved and stretched.</summary>
    /// <param name="items">Number of items.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="d">Dimensions.</param>
    /// <param name="gap">How far the means of the modalities are from zero, each in a direction of its own.</param>
    /// <param name="foreign">Noise of the first modality's documents in 160 dimensions in which nothing else lies: it scales all of their scores down.</param>
    /// <param name="loud">Noise that rows of each modality have in four directions, by which they say nothing.</param>
    /// <param name="signal">How much of the meaning is in the rows.</param>
    public static SearchProblem Make(
        int items, long seed, int d = 48, double gap = 0, double foreign = 0, double loud = 0, double signal = 1)
    {
        RandomStream random = new(seed);
        double[] ofFirst = Rows.Unit(Rows.Gaussian(random, d)), ofSecond = Rows.Unit(Rows.Gaussian(random, d));
        List<double[]> first = [], second = [], asking = [];
        for (int i = 0; i < items; i++)
        {
            double[] meaning = Rows.Unit(Rows.Gaussian(random, d));
            first.Add(Row(meaning, ofFirst, foreign));
            second.Add(Row(meaning, ofSecond, 0));
            asking.Add(Row(meaning, ofSecond, 0));
        }
        return new SearchProblem(Rows.Unit(Modality.Image, first), Rows.Unit(Modality.Text, second), Rows.Unit(Modality.Text, asking));

        double[] Row(double[] meaning, double[] axis, double elsewhere)
        {
            double[] row = Rows.Plus(Array.ConvertAll(meaning, value => signal * value), Rows.Unit(Rows.Gaussian(random, d)), 0.6);
            for (int k = 0; k < 4; k++)
                row[k] += loud * random.NextNearlyNormal();
            row = Rows.Plus(row, axis, gap);
            return foreign == 0 ? row : [.. row, .. Rows.Unit(Rows.Gaussian(random, 160)).Select(value => elsewhere * value)];
        }
    }
}
