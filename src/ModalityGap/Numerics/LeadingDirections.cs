namespace ModalityGap.Numerics;

/// <summary>
/// The leading eigenvectors of a symmetric positive semidefinite matrix, by orthogonal iteration on a few more vectors than are wanted and
/// Rayleigh-Ritz on their span (Golub and Van Loan, Matrix Computations, 8.2.4). For two directions of a d x d second moment this costs a
/// small part of a full decomposition.
/// </summary>
internal static class LeadingDirections
{
    private const int Guard = 8;

    private const int LargestRounds = 1000;

    /// <summary>An eigenvalue that moves by no more than its rounding has its vector right to the square root of this.</summary>
    private const double Tolerance = 1e-15;

    /// <summary>Eigenvectors by descending eigenvalue, each of norm 1 and signed so that its largest entry is positive.</summary>
    /// <param name="matrix">Row-major, d x d, symmetric.</param>
    /// <param name="d">d.</param>
    /// <param name="wanted">How many.</param>
    public static (double Value, double[] Vector)[] Of(double[] matrix, int d, int wanted)
    {
        int size = Math.Min(d, wanted + Guard);
        double[][] basis = Start(size, d);
        double[] before = new double[wanted];
        for (int round = 0; round < LargestRounds; round++)
        {
            double[][] images = Array.ConvertAll(basis, vector => Multiply(matrix, vector));
            double[] values = Ritz(basis, images);
            basis = Orthonormal(images);
            double change = Enumerable.Range(0, Math.Min(wanted, size)).Max(k => Math.Abs(values[k] - before[k]));
            if (round > 2 && change <= Tolerance * values[0])
                break;
            Array.Copy(values, before, Math.Min(wanted, size));
        }
        double[][] last = Array.ConvertAll(basis, vector => Multiply(matrix, vector));
        double[] eigenvalues = Ritz(basis, last);
        return [.. Enumerable.Range(0, Math.Min(wanted, size)).Select(k => (eigenvalues[k], Signed(basis[k])))];
    }

    // Rotates both sets of vectors so that basisᵀ images becomes diagonal, by descending value; returns the diagonal.
    private static double[] Ritz(double[][] basis, double[][] images)
    {
        int size = basis.Length;
        var small = new double[size, size];
        for (int a = 0; a < size; a++)
            for (int b = 0; b < size; b++)
                small[a, b] = 0.5 * (Product(basis[a], images[b]) + Product(basis[b], images[a]));
        double[,] rotation = Jacobi(small);
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(k => small[k, k])];
        Rotate(basis, rotation, order);
        Rotate(images, rotation, order);
        return [.. order.Select(k => small[k, k])];
    }

    private static void Rotate(double[][] vectors, double[,] rotation, int[] order)
    {
        double[][] rotated = Array.ConvertAll(order, column =>
        {
            var sum = new double[vectors[0].Length];
            for (int a = 0; a < vectors.Length; a++)
                for (int k = 0; k < sum.Length; k++)
                    sum[k] += rotation[a, column] * vectors[a][k];
            return sum;
        });
        rotated.CopyTo(vectors, 0);
    }

    // Cyclic Jacobi: makes the matrix diagonal in place and returns the rotation.
    private static double[,] Jacobi(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        var rotation = new double[size, size];
        for (int k = 0; k < size; k++)
            rotation[k, k] = 1;
        for (int sweep = 0; sweep < 30; sweep++)
        {
            double off = 0, diagonal = 0;
            for (int p = 0; p < size; p++)
                for (int q = 0; q < size; q++)
                    if (p == q)
                        diagonal += matrix[p, p] * matrix[p, p];
                    else
                        off += matrix[p, q] * matrix[p, q];
            if (off <= 1e-34 * diagonal)
                break;
            for (int p = 0; p < size; p++)
                for (int q = p + 1; q < size; q++)
                    Annihilate(matrix, rotation, p, q);
        }
        return rotation;
    }

    private static void Annihilate(double[,] matrix, double[,] rotation, int p, int q)
    {
        if (matrix[p, q] == 0)
            return;
        double theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double cosine = 1 / Math.Sqrt(t * t + 1), sine = t * cosine;
        int size = matrix.GetLength(0);
        for (int k = 0; k < size; k++)
            (matrix[k, p], matrix[k, q]) = (cosine * matrix[k, p] - sine * matrix[k, q], sine * matrix[k, p] + cosine * matrix[k, q]);
        for (int k = 0; k < size; k++)
            (matrix[p, k], matrix[q, k]) = (cosine * matrix[p, k] - sine * matrix[q, k], sine * matrix[p, k] + cosine * matrix[q, k]);
        for (int k = 0; k < size; k++)
            (rotation[k, p], rotation[k, q]) = (cosine * rotation[k, p] - sine * rotation[k, q], sine * rotation[k, p] + cosine * rotation[k, q]);
    }

    // Vectors that no real matrix is likely to be orthogonal to: a fixed integer hash in [-0.5, 0.5).
    private static double[][] Start(int size, int d)
    {
        var vectors = new double[size][];
        for (int a = 0; a < size; a++)
        {
            vectors[a] = new double[d];
            for (int k = 0; k < d; k++)
            {
                ulong mixed = ((ulong)a * 0x9E3779B97F4A7C15 + (ulong)k + 1) * 0xBF58476D1CE4E5B9;
                mixed = (mixed ^ (mixed >> 29)) * 0x94D049BB133111EB;
                vectors[a][k] = (mixed >> 11) * (1.0 / (1UL << 53)) - 0.5;
            }
        }
        return Orthonormal(vectors);
    }

    // Gram-Schmidt, twice; a vector that vanishes (rank below the number of vectors) becomes a unit vector of its own.
    private static double[][] Orthonormal(double[][] vectors)
    {
        List<double[]> basis = [];
        foreach (double[] vector in vectors)
        {
            double[] candidate = [.. vector];
            double norm = Remove(basis, candidate);
            for (int k = 0; !(norm > 1e-150) && k < candidate.Length; k++)
            {
                Array.Clear(candidate);
                candidate[k] = 1;
                norm = Remove(basis, candidate);
                norm = norm < 1e-3 ? 0 : norm;
            }
            basis.Add(Array.ConvertAll(candidate, value => value / norm));
        }
        return [.. basis];
    }

    private static double Remove(List<double[]> basis, double[] candidate)
    {
        double start = Math.Sqrt(Product(candidate, candidate));
        for (int round = 0; round < 2; round++)
            foreach (double[] other in basis)
            {
                double along = Product(candidate, other);
                for (int k = 0; k < candidate.Length; k++)
                    candidate[k] -= along * other[k];
            }
        double norm = Math.Sqrt(Product(candidate, candidate));
        return norm <= 1e-13 * start ? 0 : norm;
    }

    private static double[] Multiply(double[] matrix, double[] vector)
    {
        int d = vector.Length;
        var product = new double[d];
        for (int k = 0; k < d; k++)
            product[k] = Product(matrix.AsSpan(k * d, d), vector);
        return product;
    }

    private static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double even = 0, odd = 0;
        int k = 0;
        for (; k + 1 < a.Length; k += 2)
        {
            even += a[k] * b[k];
            odd += a[k + 1] * b[k + 1];
        }
        return k < a.Length ? even + odd + a[k] * b[k] : even + odd;
    }

    private static double[] Signed(double[] vector)
    {
        double largest = 0;
        foreach (double value in vector)
            if (Math.Abs(value) > Math.Abs(largest))
                largest = value;
        return largest < 0 ? Array.ConvertAll(vector, value => -value) : vector;
    }
}
