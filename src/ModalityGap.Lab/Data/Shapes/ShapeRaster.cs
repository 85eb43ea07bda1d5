namespace ModalityGap.Lab.Data.Shapes;

/// <summary>Draws a scene by asking 4 x 4 points of each pixel whether they are painted.</summary>
internal static class ShapeRaster
{
    private const int Points = 4;

    /// <summary>Which part of the inside is painted.</summary>
    /// <param name="Name">The style's name.</param>
    /// <param name="Paints">Whether a point that lies inside is painted.</param>
    internal sealed record Style(string Name, Func<Outline, double, double, bool> Paints);

    public static IReadOnlyList<Style> Styles { get; } =
    [
        new("filled", (_, _, _) => true),
        new("outlined", (outline, x, y) => IsRim(outline, x, y)),
        new("striped", (outline, x, y) => IsRim(outline, x, y) || Stripe(x + y)),
    ];

    /// <param name="scene">What to draw.</param>
    /// <param name="style">How.</param>
    /// <param name="shiftX">Added to the place, as a share of the side.</param>
    /// <param name="shiftY">Likewise, downwards.</param>
    /// <param name="growth">Factor of the size.</param>
    /// <param name="side">Pixels of an edge.</param>
    public static byte[] Draw(ShapeScene scene, Style style, double shiftX, double shiftY, double growth, int side)
    {
        byte[] planes = new byte[ImageTextSet.Channels * side * side];
        double radius = scene.Size.Radius * growth, centreX = scene.Place.X + shiftX, centreY = scene.Place.Y + shiftY;
        for (int row = 0; row < side; row++)
            for (int column = 0; column < side; column++)
            {
                int painted = 0;
                for (int p = 0; p < Points * Points; p++)
                {
                    double x = ((column + (p % Points + 0.5) / Points) / side - centreX) / radius;
                    double y = (centreY - (row + (p / Points + 0.5) / Points) / side) / radius;
                    // Nothing of a shape lies outside its circle.
                    if (x * x + y * y <= 1.2 && scene.Outline.Contains(x, y) && style.Paints(scene.Outline, x, y))
                        painted++;
                }
                Mix(planes, row * side + column, side * side, scene, painted);
            }
        return planes;
    }

    private static void Mix(byte[] planes, int pixel, int plane, ShapeScene scene, int painted)
    {
        planes[pixel] = Mix(scene.Colour.Red, scene.Background.Red, painted);
        planes[plane + pixel] = Mix(scene.Colour.Green, scene.Background.Green, painted);
        planes[2 * plane + pixel] = Mix(scene.Colour.Blue, scene.Background.Blue, painted);
    }

    private static byte Mix(int colour, int background, int painted)
    {
        const int all = Points * Points;
        return (byte)((colour * painted + background * (all - painted) + all / 2) / all);
    }

    // In the shape, and outside the same shape a little smaller.
    private static bool IsRim(Outline outline, double x, double y) => !outline.Contains(x / 0.72, y / 0.72);

    private static bool Stripe(double along) => along / 0.5 - Math.Floor(along / 0.5) < 0.5;
}
