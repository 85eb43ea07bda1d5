namespace ModalityGap.Projections;

/// <summary>A point of a map.</summary>
/// <param name="X">Along the first direction.</param>
/// <param name="Y">Along the second direction.</param>
public readonly record struct MapPoint(double X, double Y)
{
    internal double Length => Math.Sqrt(X * X + Y * Y);

    /// <summary>The way from b to a.</summary>
    public static MapPoint operator -(MapPoint a, MapPoint b) => new(a.X - b.X, a.Y - b.Y);
}
