namespace ModalityGap.Lab.Data.Shapes;

/// <summary>A shape within the unit circle, x to the right and y upwards, as the question whether a point lies inside.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Contains">Whether the point is inside.</param>
/// <remarks>
/// Arithmetic and comparisons only: the same answer on every machine. Corners are written as numbers, as sines may differ.
/// </remarks>
internal sealed record Outline(string Name, Func<double, double, bool> Contains)
{
    public static IReadOnlyList<Outline> All { get; } =
    [
        new("circle", (x, y) => x * x + y * y <= 0.81),
        new("square", (x, y) => Math.Abs(x) <= 0.76 && Math.Abs(y) <= 0.76),
        Polygon("triangle", (0, 0.95), (-0.9, -0.65), (0.9, -0.65)),
        new("diamond", (x, y) => 1.45 * Math.Abs(x) + Math.Abs(y) <= 0.97),
        new("cross", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) <= 0.88 && Math.Min(Math.Abs(x), Math.Abs(y)) <= 0.27),
        Polygon(
            "star",
            (0, 1), (-0.2245, 0.3090), (-0.9511, 0.3090), (-0.3633, -0.1180), (-0.5878, -0.8090),
            (0, -0.3820), (0.5878, -0.8090), (0.3633, -0.1180), (0.9511, 0.3090), (0.2245, 0.3090)),
        new("heart", Heart),
        new("crescent", (x, y) => x * x + y * y <= 0.85 && (x - 0.42) * (x - 0.42) + (y - 0.2) * (y - 0.2) > 0.5),
        Polygon("hexagon", (0.9, 0), (0.45, 0.7794), (-0.45, 0.7794), (-0.9, 0), (-0.45, -0.7794), (0.45, -0.7794)),
        Polygon("arrow", (0.95, 0), (0.2, 0.75), (0.2, 0.28), (-0.9, 0.28), (-0.9, -0.28), (0.2, -0.28), (0.2, -0.75)),
    ];

    // (x² + y² - 1)³ = x²y³, scaled to fit.
    private static bool Heart(double x, double y)
    {
        x *= 1.25;
        y = 1.25 * y + 0.1;
        double a = x * x + y * y - 1;
        return a * a * a - x * x * y * y * y <= 0;
    }

    // Inside if a ray to the right crosses the edge an odd number of times.
    private static Outline Polygon(string name, params (double X, double Y)[] corners) => new(name, (x, y) =>
    {
        bool inside = false;
        for (int i = 0, j = corners.Length - 1; i < corners.Length; j = i++)
        {
            ((double xi, double yi), (double xj, double yj)) = (corners[i], corners[j]);
            if (yi > y != yj > y && x < (xj - xi) * (y - yi) / (yj - yi) + xi)
                inside = !inside;
        }
        return inside;
    });
}
