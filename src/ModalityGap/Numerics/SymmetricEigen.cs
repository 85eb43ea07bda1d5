using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModalityGap.Numerics;

/// <summary>
/// All eigenvalues, and the eigenvectors where they are wanted, of a symmetric matrix in float64: Householder reflections to tridiagonal
/// form, then the implicit QL iteration with Wilkinson's shift (Golub and Van Loan, Matrix Computations, 8.3). One pass over the matrix a
/// step applies the reflection before and multiplies by the next; the rotations of QL are kept and applied to narrow panels of vectors
/// that stay in the cache. The order of every sum is fixed: threads and vector widths do not change a bit.
/// </summary>
internal sealed unsafe class SymmetricEigen
{
    private const int Lane = 8;

    private readonly int d;
    private readonly int stride;
    private readonly double[] diagonal;

    // Entry k couples k and k + 1.
    private readonly double[] offDiagonal;

    // Row k of the reduced matrix holds the reflection that the step k made: I - scales[k] v vᵀ, v zero up to k.
    private readonly double[] scales;

    private readonly CancellationToken cancellation;

    private SymmetricEigen(int d, WorkContext work)
    {
        this.d = d;
        cancellation = work.Cancellation;
        // A stride of 4,096 bytes would put all rows into the same few lines of the cache.
        stride = (d + Lane - 1) / Lane * Lane + Lane;
        diagonal = new double[d];
        offDiagonal = new double[d];
        scales = new double[d];
    }

    /// <summary>The eigenvalues in descending order.</summary>
    /// <param name="matrix">Row-major, d x d, symmetric; left as it is.</param>
    /// <param name="d">d.</param>
    /// <param name="work">How to work.</param>
    public static double[] Values(ReadOnlySpan<double> matrix, int d, WorkContext work)
    {
        var eigen = new SymmetricEigen(d, work);
        double* rows = eigen.Copied(matrix, out double scale);
        try
        {
            eigen.Reduce(rows);
        }
        finally
        {
            NativeMemory.AlignedFree(rows);
        }
        eigen.Iterate(null);
        return [.. eigen.diagonal.OrderDescending().Select(value => value * scale)];
    }

    /// <summary>Eigenvalues in descending order, and vectors of norm 1 whose largest entry is positive.</summary>
    /// <param name="matrix">Row-major, d x d, symmetric; left as it is.</param>
    /// <param name="d">d.</param>
    /// <param name="work">How to work.</param>
    public static EigenPairs Decompose(ReadOnlySpan<double> matrix, int d, WorkContext work)
    {
        var eigen = new SymmetricEigen(d, work);
        double* rows = eigen.Copied(matrix, out double scale);
        try
        {
            eigen.Reduce(rows);
            double[] basis = eigen.Reflections(rows, work);
            var rotations = new Rotations();
            eigen.Iterate(rotations);
            rotations.ApplyTo(basis, d, work);
            return eigen.Ordered(basis, scale);
        }
        finally
        {
            NativeMemory.AlignedFree(rows);
        }
    }

    // Scaled by a power of two to entries of at most 1, so that no square leaves the range of float64.
    private double* Copied(ReadOnlySpan<double> matrix, out double scale)
    {
        double largest = 0;
        foreach (double value in matrix)
            largest = Math.Max(largest, Math.Abs(value));
        if (!double.IsFinite(largest))
            throw new ArithmeticException("A matrix with values that are no finite numbers has no eigenvalues.");
        scale = largest == 0 ? 1 : Math.ScaleB(1, Math.ILogB(largest) + 1);
        var rows = (double*)NativeMemory.AlignedAlloc((nuint)((long)d * stride * sizeof(double)), 64);
        new Span<double>(rows, d * stride).Clear();
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                rows[(long)i * stride + j] = matrix[i * d + j] / scale;
        return rows;
    }

    private void Reduce(double* rows)
    {
        double[] update = new double[stride], product = new double[stride];
        fixed (double* pending = update, next = product)
        {
            for (int k = 0; k < d; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                Step(rows, k, pending, next);
            }
        }
    }

    // Before step k the matrix lacks -(v wᵀ + w vᵀ), v in row k - 1 and w pending, which this step applies while it multiplies.
    private void Step(double* rows, int k, double* pending, double* next)
    {
        double* row = rows + (long)k * stride, before = row - stride;
        if (k > 0)
            for (int j = k; j < d; j++)
                row[j] -= before[k] * pending[j] + pending[k] * before[j];
        diagonal[k] = row[k];
        new Span<double>(row, k + 1).Clear();
        if (k == d - 1)
            return;
        (scales[k], offDiagonal[k]) = Reflect(new Span<double>(row + k + 1, d - k - 1));
        int first = (k + 1) / Lane * Lane;
        int i = k + 1;
        for (; i + 4 <= d; i += 4)
            FourRows(rows + (long)i * stride, k > 0 ? before : null, pending, row, first, i, next);
        for (; i < d; i++)
            OneRow(rows + (long)i * stride, k > 0 ? before : null, pending, row, first, i, next);
        double along = 0, tau = scales[k];
        for (int j = k + 1; j < d; j++)
            along += next[j] * row[j];
        for (int j = 0; j <= k; j++)
            pending[j] = 0;
        for (int j = k + 1; j < d; j++)
            pending[j] = tau * (next[j] - 0.5 * tau * along * row[j]);
    }

    // Makes x the vector v of the reflection I - τ v vᵀ that turns x into (e, 0, ..., 0); v is 1 at the start.
    private static (double Tau, double Entry) Reflect(Span<double> x)
    {
        double largest = 0;
        for (int j = 1; j < x.Length; j++)
            largest = Math.Max(largest, Math.Abs(x[j]));
        double head = x[0];
        if (largest == 0)
        {
            x[0] = 1;
            return (0, head);
        }
        double square = 0, scale = Math.Max(largest, Math.Abs(head));
        for (int j = 1; j < x.Length; j++)
            square += x[j] / scale * (x[j] / scale);
        double norm = -Math.CopySign(scale * Math.Sqrt(square + head / scale * (head / scale)), head);
        for (int j = 1; j < x.Length; j++)
            x[j] /= head - norm;
        x[0] = 1;
        return ((norm - head) / norm, norm);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourRows(double* rows, double* v, double* w, double* vector, int first, int i, double* product)
    {
        double* a = rows, b = a + stride, c = b + stride, e = c + stride;
        Vector512<double> sumA = default, sumB = default, sumC = default, sumE = default;
        Vector512<double> va = default, vb = default, vc = default, ve = default;
        Vector512<double> wa = default, wb = default, wc = default, we = default;
        if (v is null)
            v = w;
        else
        {
            (va, vb, vc, ve) = (Vector512.Create(-v[i]), Vector512.Create(-v[i + 1]), Vector512.Create(-v[i + 2]), Vector512.Create(-v[i + 3]));
            (wa, wb, wc, we) = (Vector512.Create(-w[i]), Vector512.Create(-w[i + 1]), Vector512.Create(-w[i + 2]), Vector512.Create(-w[i + 3]));
        }
        for (int j = first; j < d; j += Lane)
        {
            Vector512<double> vj = Vector512.Load(v + j), wj = Vector512.Load(w + j), x = Vector512.Load(vector + j);
            Vector512<double> value = Updated(a + j, va, wa, vj, wj);
            sumA = Vector512.MultiplyAddEstimate(value, x, sumA);
            value = Updated(b + j, vb, wb, vj, wj);
            sumB = Vector512.MultiplyAddEstimate(value, x, sumB);
            value = Updated(c + j, vc, wc, vj, wj);
            sumC = Vector512.MultiplyAddEstimate(value, x, sumC);
            value = Updated(e + j, ve, we, vj, wj);
            sumE = Vector512.MultiplyAddEstimate(value, x, sumE);
        }
        (product[i], product[i + 1], product[i + 2], product[i + 3]) = (Lanes.Sum(sumA), Lanes.Sum(sumB), Lanes.Sum(sumC), Lanes.Sum(sumE));
    }

    private void OneRow(double* row, double* v, double* w, double* vector, int first, int i, double* product)
    {
        Vector512<double> sum = default, vi = default, wi = default;
        if (v is null)
            v = w;
        else
            (vi, wi) = (Vector512.Create(-v[i]), Vector512.Create(-w[i]));
        for (int j = first; j < d; j += Lane)
            sum = Vector512.MultiplyAddEstimate(Updated(row + j, vi, wi, Vector512.Load(v + j), Vector512.Load(w + j)), Vector512.Load(vector + j), sum);
        product[i] = Lanes.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Updated(
        double* target, Vector512<double> vi, Vector512<double> wi, Vector512<double> v, Vector512<double> w)
    {
        Vector512<double> value = Vector512.MultiplyAddEstimate(wi, v, Vector512.MultiplyAddEstimate(vi, w, Vector512.Load(target)));
        value.Store(target);
        return value;
    }

    // Row k of the result is e_k under the reflections, the last of them first: the transpose of their product.
    private double[] Reflections(double* rows, WorkContext work)
    {
        const int together = 8;
        var basis = new double[(long)d * stride];
        work.ForEach((d + together - 1) / together, block =>
        {
            int start = block * together, end = Math.Min(d, start + together);
            fixed (double* target = basis)
            {
                for (int k = start; k < end; k++)
                    target[(long)k * stride + k] = 1;
                for (int step = end - 2; step >= 0; step--)
                    for (int k = Math.Max(start, step + 1); k < end; k++)
                        ApplyReflection(rows + (long)step * stride, (step + 1) / Lane * Lane, scales[step], target + (long)k * stride);
            }
        });
        return basis;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyReflection(double* v, int first, double tau, double* target)
    {
        Vector512<double> even = default, odd = default;
        int j = first;
        for (; j + Lane < d; j += 2 * Lane)
        {
            even = Vector512.MultiplyAddEstimate(Vector512.Load(v + j), Vector512.Load(target + j), even);
            odd = Vector512.MultiplyAddEstimate(Vector512.Load(v + j + Lane), Vector512.Load(target + j + Lane), odd);
        }
        if (j < d)
            even = Vector512.MultiplyAddEstimate(Vector512.Load(v + j), Vector512.Load(target + j), even);
        Vector512<double> factor = Vector512.Create(-tau * Lanes.Sum(even + odd));
        for (j = first; j < d; j += Lane)
            Vector512.MultiplyAddEstimate(factor, Vector512.Load(v + j), Vector512.Load(target + j)).Store(target + j);
    }

    // Implicit QL: each sweep chases a bulge up from the first negligible coupling below `top`.
    private void Iterate(Rotations? rotations)
    {
        double norm = 0;
        for (int k = 0; k < d; k++)
            norm = Math.Max(norm, Math.Abs(diagonal[k]) + Math.Abs(offDiagonal[k]));
        double least = Math.ScaleB(norm, -60);
        for (int top = 0; top < d; top++)
        {
            cancellation.ThrowIfCancellationRequested();
            int sweeps = 0, bottom;
            while ((bottom = FirstNegligible(top, least)) > top)
            {
                if (sweeps++ > 300)
                    throw new ArithmeticException("The eigenvalues of a matrix did not converge.");
                Sweep(top, bottom, rotations);
            }
        }
    }

    private int FirstNegligible(int top, double least)
    {
        int k = top;
        while (k < d - 1 && Math.Abs(offDiagonal[k]) > least + Math.ScaleB(Math.Abs(diagonal[k]) + Math.Abs(diagonal[k + 1]), -53))
            k++;
        return k;
    }

    private void Sweep(int top, int bottom, Rotations? rotations)
    {
        double half = (diagonal[top + 1] - diagonal[top]) / (2 * offDiagonal[top]);
        double reach = Math.Sqrt(half * half + 1);
        double bulge = diagonal[bottom] - diagonal[top] + offDiagonal[top] / (half + Math.CopySign(reach, half));
        double sine = 1, cosine = 1, shift = 0;
        for (int k = bottom - 1; k >= top; k--)
        {
            double f = sine * offDiagonal[k], b = cosine * offDiagonal[k];
            double r = double.Hypot(f, bulge);
            offDiagonal[k + 1] = r;
            if (r == 0)
            {
                // The matrix has split here; the rest of the sweep would do nothing.
                diagonal[k + 1] -= shift;
                offDiagonal[bottom] = 0;
                return;
            }
            (sine, cosine) = (f / r, bulge / r);
            double from = diagonal[k + 1] - shift;
            r = (diagonal[k] - from) * sine + 2 * cosine * b;
            shift = sine * r;
            diagonal[k + 1] = from + shift;
            bulge = cosine * r - b;
            rotations?.Add(k, cosine, sine);
        }
        diagonal[top] -= shift;
        offDiagonal[top] = bulge;
        offDiagonal[bottom] = 0;
    }

    private EigenPairs Ordered(double[] basis, double scale)
    {
        int[] order = [.. Enumerable.Range(0, d).OrderByDescending(k => diagonal[k])];
        var vectors = new double[(long)d * d];
        for (int k = 0; k < d; k++)
        {
            Span<double> target = vectors.AsSpan(k * d, d);
            basis.AsSpan(order[k] * stride, d).CopyTo(target);
            double largest = 0;
            foreach (double value in target)
                if (Math.Abs(value) > Math.Abs(largest))
                    largest = value;
            if (largest < 0)
                foreach (ref double value in target)
                    value = -value;
        }
        return new EigenPairs(d, [.. order.Select(k => diagonal[k] * scale)], vectors);
    }

    /// <summary>Rotations of neighbouring vectors, in the order in which they were made.</summary>
    private sealed class Rotations
    {
        private const int PanelWidth = 32;

        private readonly List<(int Index, double Cosine, double Sine)> list = [];

        public void Add(int index, double cosine, double sine) => list.Add((index, cosine, sine));

        public void ApplyTo(double[] basis, int d, WorkContext work)
        {
            int stride = basis.Length / d;
            work.ForEach((d + PanelWidth - 1) / PanelWidth, panel =>
            {
                int first = panel * PanelWidth, width = Math.Min(PanelWidth, stride - first);
                var columns = (double*)NativeMemory.AlignedAlloc((nuint)((long)d * PanelWidth * sizeof(double)), 64);
                try
                {
                    for (int k = 0; k < d; k++)
                    {
                        var row = new Span<double>(columns + (long)k * PanelWidth, PanelWidth);
                        row[width..].Clear();
                        basis.AsSpan(k * stride + first, width).CopyTo(row);
                    }
                    Rotate(columns);
                    for (int k = 0; k < d; k++)
                        new Span<double>(columns + (long)k * PanelWidth, width).CopyTo(basis.AsSpan(k * stride + first, width));
                }
                finally
                {
                    NativeMemory.AlignedFree(columns);
                }
            });
        }

        // A sweep goes upwards, so the upper row of one rotation is the lower row of the next and stays in registers.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Rotate(double* columns)
        {
            ReadOnlySpan<(int Index, double Cosine, double Sine)> all = CollectionsMarshal.AsSpan(list);
            int before = -1;
            Vector512<double> a = default, b = default, c = default, e = default;
            foreach (ref readonly (int Index, double Cosine, double Sine) rotation in all)
            {
                double* upper = columns + (long)rotation.Index * PanelWidth, lower = upper + PanelWidth;
                if (rotation.Index + 1 != before)
                {
                    if (before >= 0)
                        Store(columns + (long)before * PanelWidth, a, b, c, e);
                    (a, b, c, e) = (Vector512.Load(lower), Vector512.Load(lower + 8), Vector512.Load(lower + 16), Vector512.Load(lower + 24));
                }
                Vector512<double> cosine = Vector512.Create(rotation.Cosine), sine = Vector512.Create(rotation.Sine);
                a = Turn(upper, lower, a, cosine, sine);
                b = Turn(upper + 8, lower + 8, b, cosine, sine);
                c = Turn(upper + 16, lower + 16, c, cosine, sine);
                e = Turn(upper + 24, lower + 24, e, cosine, sine);
                before = rotation.Index;
            }
            if (before >= 0)
                Store(columns + (long)before * PanelWidth, a, b, c, e);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<double> Turn(
            double* upper, double* lower, Vector512<double> value, Vector512<double> cosine, Vector512<double> sine)
        {
            Vector512<double> above = Vector512.Load(upper);
            Vector512.MultiplyAddEstimate(sine, above, cosine * value).Store(lower);
            return Vector512.MultiplyAddEstimate(cosine, above, -(sine * value));
        }

        private static void Store(double* row, Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> e)
        {
            a.Store(row);
            b.Store(row + 8);
            c.Store(row + 16);
            e.Store(row + 24);
        }
    }
}

/// <summary>The eigenvalues of a symmetric d x d matrix in descending order, and row-major the vectors that belong to them.</summary>
internal sealed record EigenPairs(int Dimensions, double[] Values, double[] Vectors)
{
    public ReadOnlySpan<double> Vector(int k) => Vectors.AsSpan(k * Dimensions, Dimensions);
}
