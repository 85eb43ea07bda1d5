using ModalityGap.Lab.Reproduction.Toys;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction.Networks;

/// <summary>
/// A fully connected network with random weights, h ← φ(W h + b), W d x d: each layer is drawn, used and forgotten. On the kernel of the similarity
/// tiles, so that it needs no library of tensors.
/// </summary>
/// <param name="width">d.</param>
/// <param name="activation">φ.</param>
/// <param name="weightDeviation">Standard deviation of an entry of W.</param>
/// <param name="biasDeviation">Standard deviation of an entry of b; 0 for none.</param>
internal sealed class RandomNetwork(int width, Activation activation, double weightDeviation, double biasDeviation)
{
    /// <summary>The paper's: W and b from N(0, 1/d).</summary>
    public static RandomNetwork AsInThePaper(int width, Activation activation, bool bias) =>
        new(width, activation, 1 / Math.Sqrt(width), bias ? 1 / Math.Sqrt(width) : 0);

    /// <summary>Whether rows are told before a layer's non-linearity, which then acts at the start of the next layer; not for maxout.</summary>
    public bool ActsLate { get; init; }

    /// <summary>Sends rows through the layers.</summary>
    /// <param name="rows">Row-major, n x d; overwritten.</param>
    /// <param name="layers">How many layers.</param>
    /// <param name="random">The weights: layer l draws from its own fork.</param>
    /// <param name="work">How to work.</param>
    /// <param name="see">Reads the rows before the first layer (0) and after each.</param>
    public void Run(float[] rows, int layers, RandomStream random, WorkContext work, Action<int> see)
    {
        see(0);
        for (int layer = 1; layer <= layers; layer++)
        {
            Layer(rows, layer > 1, random.Fork("layer", layer), work);
            see(layer);
        }
    }

    private void Layer(float[] rows, bool hasLayerBefore, RandomStream random, WorkContext work)
    {
        int outputs = width * activation.Pieces, count = rows.Length / width;
        var draws = new NormalDraws(random);
        float[] weights = new float[outputs * width], bias = new float[outputs];
        draws.Fill(weights, weightDeviation);
        draws.Fill(bias, biasDeviation);
        var multiplier = new RowMultiplier(new RowMatrix(weights, outputs, width));
        int blocks = (count + RowMultiplier.BlockRows - 1) / RowMultiplier.BlockRows;
        work.ForEach(blocks, block =>
        {
            int first = block * RowMultiplier.BlockRows, here = Math.Min(RowMultiplier.BlockRows, count - first);
            Span<float> inputs = rows.AsSpan(first * width, here * width);
            if (ActsLate && hasLayerBefore)
                activation.Apply(inputs, inputs);
            var before = new float[here * outputs];
            multiplier.Multiply(inputs, before);
            for (int r = 0; r < here; r++)
            {
                Span<float> row = before.AsSpan(r * outputs, outputs);
                for (int k = 0; k < outputs; k++)
                    row[k] += bias[k];
                Span<float> target = rows.AsSpan((first + r) * width, width);
                if (ActsLate)
                    row.CopyTo(target);
                else
                    activation.Apply(row, target);
            }
        });
    }

    /// <summary>
    /// The mean of all n² cosines between rows, each row's own among them, as the paper's notebook takes it: ‖(1/n) Σ h_i/‖h_i‖‖², in float64. A row
    /// of zeros counts as one
    /// without direction.
    /// </summary>
    public static double MeanCosine(ReadOnlySpan<float> rows, int width)
    {
        var mean = new double[width];
        int count = rows.Length / width;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> row = rows.Slice(i * width, width);
            double norm = Math.Sqrt(Dot.Float64(row, row));
            if (norm == 0)
                continue;
            for (int k = 0; k < width; k++)
                mean[k] += row[k] / norm;
        }
        return mean.Sum(value => value * value) / ((double)count * count);
    }
}
