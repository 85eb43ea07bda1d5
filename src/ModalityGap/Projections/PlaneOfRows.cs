using ModalityGap.Numerics;

namespace ModalityGap.Projections;

/// <summary>The plane of the first two eigenvectors of a second moment, each with its largest entry positive.</summary>
internal sealed class PlaneOfRows
{
    private readonly double[] horizontal;
    private readonly double[] vertical;

    private PlaneOfRows(double[] horizontal, double[] vertical, double[] shares)
    {
        this.horizontal = horizontal;
        this.vertical = vertical;
        Shares = shares;
    }

    /// <summary>Share of the moment's trace that each direction carries, two values.</summary>
    public double[] Shares { get; }

    /// <summary>Finds the plane.</summary>
    /// <param name="moment">A second moment up to a factor, d x d.</param>
    /// <param name="d">d.</param>
    /// <param name="work">How to work.</param>
    public static PlaneOfRows Of(double[] moment, int d, WorkContext work)
    {
        double trace = 0;
        for (int k = 0; k < d; k++)
            trace += moment[k * d + k];
        EigenPairs directions = SymmetricEigen.Decompose(moment, d, work);
        // Rows that are all the same have a moment of zero, and no share to speak of.
        double[] shares = [Share(0), d > 1 ? Share(1) : 0];
        return new PlaneOfRows(directions.Vector(0).ToArray(), d > 1 ? directions.Vector(1).ToArray() : new double[d], shares);

        double Share(int axis) => trace > 0 ? directions.Values[axis] / trace : 0;
    }

    /// <summary>Rows in the plane of their first two principal directions, their mean at the origin.</summary>
    /// <param name="rows">The rows, n x d.</param>
    /// <param name="work">How to work.</param>
    public static MapPoint[] Principal(RowMatrix rows, WorkContext work)
    {
        var mean = new double[rows.Dimensions];
        for (int i = 0; i < rows.Rows; i++)
            ColumnSums.Add(rows.Row(i), [1.0 / rows.Rows], mean);
        double[] moment = Float64Product.Symmetric(rows.Rows, rows.Dimensions, (i, target) =>
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int k = 0; k < target.Length; k++)
                target[k] = row[k] - mean[k];
        }, work);
        PlaneOfRows plane = Of(moment, rows.Dimensions, work);
        MapPoint middle = plane.Of(mean);
        return [.. Enumerable.Range(0, rows.Rows).Select(i => plane.Of(rows.Row(i)) - middle)];
    }

    /// <summary>Where a row lies.</summary>
    public MapPoint Of(ReadOnlySpan<float> row) => new(Dot.Float64(row, horizontal), Dot.Float64(row, vertical));

    /// <summary>Where a mean lies.</summary>
    public MapPoint Of(double[] row) => new(Dot.Float64(row, horizontal), Dot.Float64(row, vertical));
}
