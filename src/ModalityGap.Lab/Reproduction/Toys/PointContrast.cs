using ModalityGap.Numerics;

namespace ModalityGap.Lab.Reproduction.Toys;

/// <summary>
/// Pairs of free points x_i, y_i (n x d each) under the symmetric contrastive loss of one batch, with the gradient worked out by hand:
/// L = -(1/2n) Σ_i [log P_iπ(i) + log Q_iπ(i)], P the softmax of s u_i·v_j over j, Q over i, u = x/‖x‖, v = y/‖y‖, s = e^ν. Then ∂L/∂S = G = (P + Q -
/// 2Π)/2n, and
/// ∂L/∂u = s G v, ∂L/∂v = s Gᵀ u, ∂L/∂ν = s Σ G∘S, ∂L/∂x = (∂L/∂u - (∂L/∂u·u) u)/‖x‖. Products run in float32 on the kernel of the similarity tiles,
/// sums in float64.
/// </summary>
internal sealed class PointContrast
{
    /// <summary>Below so many products a step, starting threads takes longer than they save.</summary>
    private const long WorthThreads = 20_000_000;

    private readonly int count, dimensions;
    private readonly int[] partners;
    private readonly WorkContext work;
    private readonly float[] unitFirst, unitSecond, ofFirst, ofSecond, cosines, weights, turned;
    private readonly double[] normFirst, normSecond;

    /// <param name="first">x, n x d; moved in place.</param>
    /// <param name="second">y, n x d; moved in place.</param>
    /// <param name="dimensions">d.</param>
    /// <param name="logScale">ν, the logarithm of the inverse temperature.</param>
    /// <param name="work">How to work.</param>
    /// <param name="partners">π: which y is the match of x_i; default i.</param>
    public PointContrast(float[] first, float[] second, int dimensions, double logScale, WorkContext work, int[]? partners = null)
    {
        (First, Second, LogScale) = (first, second, logScale);
        this.dimensions = dimensions;
        count = first.Length / dimensions;
        this.work = (long)count * count * dimensions < WorthThreads ? new WorkContext(1, null, work.Cancellation) : work;
        this.partners = partners ?? [.. Enumerable.Range(0, count)];
        (unitFirst, unitSecond, ofFirst, ofSecond) = (new float[first.Length], new float[first.Length], new float[first.Length], new float[first.Length]);
        (cosines, weights, turned) = (new float[count * count], new float[count * count], new float[count * count]);
        (normFirst, normSecond) = (new double[count], new double[count]);
    }

    public float[] First { get; }

    public float[] Second { get; }

    /// <summary>ν.</summary>
    public double LogScale { get; private set; }

    /// <summary>∂L/∂x of the last <see cref="Evaluate"/>.</summary>
    public ReadOnlySpan<float> GradientOfFirst => ofFirst;

    /// <summary>∂L/∂y.</summary>
    public ReadOnlySpan<float> GradientOfSecond => ofSecond;

    /// <summary>∂L/∂ν.</summary>
    public double GradientOfLogScale { get; private set; }

    /// <summary>One step of gradient descent; gives the loss before it.</summary>
    /// <param name="rate">Of the points.</param>
    /// <param name="scaleRate">Of ν; 0 keeps the temperature.</param>
    /// <param name="onSphere">Whether points are set back to norm 1 after the step.</param>
    public double Step(double rate, double scaleRate, bool onSphere)
    {
        double loss = Evaluate();
        Move(First, ofFirst, rate, onSphere);
        Move(Second, ofSecond, rate, onSphere);
        LogScale -= scaleRate * GradientOfLogScale;
        return loss;
    }

    /// <summary>The loss here, and its gradient.</summary>
    public double Evaluate()
    {
        Normalise(First, unitFirst, normFirst);
        Normalise(Second, unitSecond, normSecond);
        Multiply(new RowMultiplier(new RowMatrix(unitSecond, count, dimensions)), unitFirst, cosines);
        double scale = Math.Exp(LogScale), loss = Softmaxes(scale);
        Transpose(weights, count, count, turned);
        Multiply(Columns(unitSecond), weights, ofFirst);
        Multiply(Columns(unitFirst), turned, ofSecond);
        Finish(ofFirst, unitFirst, normFirst, scale);
        Finish(ofSecond, unitSecond, normSecond, scale);
        return loss;
    }

    // Fills the weights with G.
    private double Softmaxes(double scale)
    {
        double[] logs = new double[count], byColumn = new double[count];
        work.ForEach(count, i => logs[i] = LogSum(i * count, 1, scale));
        work.ForEach(count, j => byColumn[j] = LogSum(j, count, scale));
        var slopes = new double[count];
        work.ForEach(count, i =>
        {
            double slope = 0;
            for (int j = 0; j < count; j++)
            {
                double logit = scale * cosines[i * count + j];
                double weight = (Math.Exp(logit - logs[i]) + Math.Exp(logit - byColumn[j]) - (partners[i] == j ? 2 : 0)) / (2 * count);
                weights[i * count + j] = (float)weight;
                slope += weight * logit;
            }
            slopes[i] = slope;
        });
        GradientOfLogScale = slopes.Sum();
        double loss = 0;
        for (int i = 0; i < count; i++)
            loss += logs[i] + byColumn[partners[i]] - 2 * scale * cosines[i * count + partners[i]];
        return loss / (2 * count);
    }

    private double LogSum(int start, int stride, double scale)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int k = 0, at = start; k < count; k++, at += stride)
            largest = Math.Max(largest, cosines[at]);
        for (int k = 0, at = start; k < count; k++, at += stride)
            sum += Math.Exp(scale * (cosines[at] - largest));
        return scale * largest + Math.Log(sum);
    }

    private void Normalise(float[] points, float[] units, double[] norms) => work.ForEach(count, i =>
    {
        ReadOnlySpan<float> row = points.AsSpan(i * dimensions, dimensions);
        norms[i] = Math.Sqrt(Dot.Float64(row, row));
        for (int k = 0; k < dimensions; k++)
            units[i * dimensions + k] = (float)(row[k] / norms[i]);
    });

    private void Finish(float[] gradient, float[] units, double[] norms, double scale) => work.ForEach(count, i =>
    {
        Span<float> row = gradient.AsSpan(i * dimensions, dimensions);
        ReadOnlySpan<float> unit = units.AsSpan(i * dimensions, dimensions);
        double along = Dot.Float64((ReadOnlySpan<float>)row, unit);
        for (int k = 0; k < dimensions; k++)
            row[k] = (float)(scale * (row[k] - along * unit[k]) / norms[i]);
    });

    private void Move(float[] points, float[] gradient, double rate, bool onSphere) => work.ForEach(count, i =>
    {
        Span<float> row = points.AsSpan(i * dimensions, dimensions);
        for (int k = 0; k < dimensions; k++)
            row[k] -= (float)(rate * gradient[i * dimensions + k]);
        if (!onSphere)
            return;
        double norm = Math.Sqrt(Dot.Float64((ReadOnlySpan<float>)row, row));
        for (int k = 0; k < dimensions; k++)
            row[k] = (float)(row[k] / norm);
    });

    private RowMultiplier Columns(float[] units)
    {
        var columns = new float[units.Length];
        Transpose(units, count, dimensions, columns);
        return new RowMultiplier(new RowMatrix(columns, dimensions, count));
    }

    private static void Transpose(float[] matrix, int rows, int columns, float[] target)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                target[j * rows + i] = matrix[i * columns + j];
    }

    private void Multiply(RowMultiplier by, float[] rows, float[] target)
    {
        int blocks = (count + RowMultiplier.BlockRows - 1) / RowMultiplier.BlockRows;
        work.ForEach(blocks, block =>
        {
            int first = block * RowMultiplier.BlockRows, here = Math.Min(RowMultiplier.BlockRows, count - first);
            by.Multiply(rows.AsSpan(first * by.Inputs, here * by.Inputs), target.AsSpan(first * by.Outputs, here * by.Outputs));
        });
    }
}
