using ModalityGap.Numerics;

namespace ModalityGap.Statistics;

/// <summary>
/// The second moments of one modality's n rows, in float64 throughout: the rows are centred in float64 too, because the small eigenvalues
/// of untrained networks' embeddings lie ten orders of magnitude below the large ones. Each is computed once, when first asked for.
/// </summary>
internal sealed class ModalityMoments
{
    /// <summary>Rows in float32 know their own entries to 2^-24 only: a variance below the square of that is rounding.</summary>
    private static readonly double RoundingVariance = Math.ScaleB(1, -48);

    private readonly RowMatrix rows;
    private readonly WorkContext work;

    public ModalityMoments(string name, RowMatrix rows, double[] sum, WorkContext work)
    {
        Name = name;
        this.rows = rows;
        this.work = work;
        Mean = Array.ConvertAll(sum, value => value / rows.Rows);
    }

    public string Name { get; }

    /// <summary>n.</summary>
    public int Count => rows.Rows;

    /// <summary>d.</summary>
    public int Dimensions => rows.Dimensions;

    /// <summary>d values.</summary>
    public double[] Mean { get; }

    /// <summary>S = Σ (x_i - mean)(x_i - mean)ᵀ / (n - 1), d x d.</summary>
    public double[] Covariance => field ??= Divided(Float64Product.Symmetric(Count, Dimensions, Centred, work), Count - 1);

    /// <summary>The eigenvalues of S, and the eigenvectors of those that are more than rounding; of fewer rows than dimensions no more than n.</summary>
    public EigenPairs Spectrum => field ??= Count < Dimensions ? FromRows() : SymmetricEigen.Decompose(Covariance, Dimensions, work);

    /// <summary>The eigenvalues of S that are more than rounding, at most n - 1 of them, in descending order.</summary>
    public double[] Eigenvalues => field ??= IsPoint ? [] : MoreThanRounding(Spectrum.Values, Count - 1);

    /// <summary>The eigenvalues of the uncentred Σ x_i x_iᵀ / n that are more than rounding, at most n of them.</summary>
    public double[] UncentredEigenvalues => field ??= MoreThanRounding(
        Count < Dimensions
            ? SymmetricEigen.Values(Divided(Float64Product.Symmetric(Dimensions, Count, Raw, work), Count), Count, work)
            : SymmetricEigen.Values(Uncentred(), Dimensions, work),
        Count);

    /// <summary>Whether all rows coincide.</summary>
    public bool IsPoint => Trace(Covariance, Dimensions) < RoundingVariance;

    /// <summary>How many leading directions hold this share of the variance.</summary>
    public int DimensionsFor(double share)
    {
        double wanted = share * Eigenvalues.Sum(), sum = 0;
        int count = 0;
        while (count < Eigenvalues.Length && sum < wanted)
            sum += Eigenvalues[count++];
        return count;
    }

    /// <summary>Σ_k weights_k (v_kᵀ(x_i - mean))² for every row i, over the leading directions, for each list of weights.</summary>
    /// <param name="weights">Lists of equal length.</param>
    public double[][] QuadraticForms(IReadOnlyList<double[]> weights)
    {
        double[][] forms = [.. weights.Select(_ => new double[Count])];
        if (forms.Length == 0)
            return forms;
        int directions = weights[0].Length;
        Multiply(directions, Direction, (i, product) =>
        {
            for (int f = 0; f < forms.Length; f++)
                for (int k = 0; k < directions; k++)
                    forms[f][i] += weights[f][k] * product[k] * product[k];
        });
        return forms;

        void Direction(int coordinate, Span<double> target)
        {
            for (int k = 0; k < target.Length; k++)
                target[k] = Spectrum.Vectors[k * Dimensions + coordinate];
        }
    }

    /// <summary>(x_i - mean x)ᵀ M (y_i - mean y) for every item i.</summary>
    public double[] BilinearForms(double[] matrix, ModalityMoments other)
    {
        var forms = new double[Count];
        var row = new double[Dimensions];
        Multiply(Dimensions, (coordinate, target) => matrix.AsSpan(coordinate * Dimensions, Dimensions).CopyTo(target), (i, product) =>
        {
            other.Centred(i, row);
            for (int k = 0; k < row.Length; k++)
                forms[i] += product[k] * row[k];
        });
        return forms;
    }

    /// <summary>Writes row i less the mean.</summary>
    public void Centred(int i, Span<double> target)
    {
        ReadOnlySpan<float> row = rows.Row(i);
        for (int k = 0; k < target.Length; k++)
            target[k] = row[k] - Mean[k];
    }

    // With Z the centred rows, ZZᵀ/(n - 1) is n x n and has the eigenvalues of S; where u is its eigenvector, Zᵀu is that of S.
    private EigenPairs FromRows()
    {
        int n = Count, d = Dimensions;
        EigenPairs ofItems = SymmetricEigen.Decompose(Divided(Float64Product.Symmetric(d, n, Deviations, work), n - 1), n, work);
        int rank = MoreThanRounding(ofItems.Values, n - 1).Length;
        double[] vectors = Float64Product.Run(n, rank, d, OfItem, Centred, work);
        for (int k = 0; k < rank; k++)
        {
            Span<double> vector = vectors.AsSpan(k * d, d);
            double length = Math.Sqrt(Dot.Float64(vector, vector));
            foreach (ref double value in vector)
                value /= length;
        }
        return new EigenPairs(d, ofItems.Values, vectors);

        void OfItem(int i, Span<double> target)
        {
            for (int k = 0; k < target.Length; k++)
                target[k] = ofItems.Vectors[k * n + i];
        }
    }

    private void Deviations(int coordinate, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = rows.Row(i)[coordinate] - Mean[coordinate];
    }

    private void Raw(int coordinate, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = rows.Row(i)[coordinate];
    }

    // The centred rows times a d x width matrix, a block of rows at a time: n x d values in float64 would be twice the rows themselves.
    private void Multiply(int width, Float64Product.FillRow matrix, ProductOfRow use)
    {
        const int block = 1024;
        for (int first = 0; first < Count; first += block)
        {
            int start = first, rowsHere = Math.Min(block, Count - first);
            double[] product = Float64Product.Run(Dimensions, rowsHere, width, Column, matrix, work);
            for (int i = 0; i < rowsHere; i++)
                use(start + i, product.AsSpan(i * width, width));

            void Column(int coordinate, Span<double> target)
            {
                for (int i = 0; i < target.Length; i++)
                    target[i] = rows.Row(start + i)[coordinate] - Mean[coordinate];
            }
        }
    }

    private delegate void ProductOfRow(int i, ReadOnlySpan<double> product);

    /// <summary>Σ x_i x_iᵀ / n = (n - 1)/n S + mean meanᵀ.</summary>
    public double[] Uncentred()
    {
        int d = Dimensions;
        var moment = new double[(long)d * d];
        for (int k = 0; k < d; k++)
            for (int l = 0; l < d; l++)
                moment[k * d + l] = Covariance[k * d + l] * (Count - 1) / Count + Mean[k] * Mean[l];
        return moment;
    }

    internal static double[] Divided(double[] matrix, double divisor)
    {
        for (int k = 0; k < matrix.Length; k++)
            matrix[k] /= divisor;
        return matrix;
    }

    internal static double Trace(double[] matrix, int d)
    {
        double sum = 0;
        for (int k = 0; k < d; k++)
            sum += matrix[k * d + k];
        return sum;
    }

    // As in the usual definition of a numerical rank: what is below d rounding errors of the largest eigenvalue may as well be zero.
    internal static double[] MoreThanRounding(double[] values, int highestRank) =>
        [.. values.Take(highestRank).TakeWhile(value => value > values[0] * values.Length * Math.ScaleB(1, -52))];
}
