using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Charts;

/// <summary>The shapes that tell series apart without colour: a circle for the first modality, a diamond for the second.</summary>
internal enum Mark
{
    Circle,
    Diamond,
    Square,
}

/// <summary>Draws marks.</summary>
internal static class MarkShape
{
    public static PathData Add(this PathData path, Mark mark, double x, double y, double radius) => mark switch
    {
        Mark.Circle => path.Disc(x, y, radius),
        Mark.Diamond => path.Diamond(x, y, 1.3 * radius),
        _ => path.Square(x, y, 0.85 * radius),
    };

    public static void DrawMark(this SvgWriter svg, Mark mark, double x, double y, double radius, string look) =>
        svg.Path(new PathData().Add(mark, x, y, radius), look);
}
