using System.Globalization;

namespace ModalityGap.Report.Markup;

/// <summary>Writes the shapes of a drawing. Looks come from classes, so that one style sheet serves the page and the files.</summary>
internal sealed class SvgWriter(StringWriter writer) : MarkupWriter(writer)
{
    public SvgWriter()
        : this(new StringWriter(CultureInfo.InvariantCulture))
    {
    }

    /// <summary>What was drawn so far, in a frame of this size.</summary>
    public Drawing ToDrawing(double width, double height) => new(width, height, writer.ToString());

    public Scope Group(string? look = null, string? transform = null) => Open("g", ("class", look), ("transform", transform));

    public void Line(double x1, double y1, double x2, double y2, string look) =>
        Shape("line", ("x1", At(x1)), ("y1", At(y1)), ("x2", At(x2)), ("y2", At(y2)), ("class", look));

    public void Rectangle(double x, double y, double width, double height, string look) =>
        Shape("rect", ("x", At(x)), ("y", At(y)), ("width", At(Math.Max(0, width))), ("height", At(Math.Max(0, height))), ("class", look));

    public void Circle(double x, double y, double radius, string look) =>
        Shape("circle", ("cx", At(x)), ("cy", At(y)), ("r", At(radius)), ("class", look));

    /// <summary>A circle that shows a text when it is pointed at.</summary>
    public void Spot(double x, double y, double radius, string text)
    {
        using (Open("circle", ("cx", At(x)), ("cy", At(y)), ("r", At(radius))))
        using (Open("title"))
            Text(text);
    }

    public void Path(PathData path, string look)
    {
        if (!path.IsEmpty)
            Shape("path", ("d", path.ToString()), ("class", look));
    }

    public void Label(double x, double y, string text, string look = "label")
    {
        using (Open("text", ("x", At(x)), ("y", At(y)), ("class", look)))
            Text(text);
    }

    /// <summary>A coordinate with two decimals.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public static string At(double coordinate) => double.IsFinite(coordinate)
        ? Math.Round(coordinate, 2).ToString("0.##", CultureInfo.InvariantCulture)
        : throw new ArgumentOutOfRangeException(nameof(coordinate), coordinate, "A drawing needs finite coordinates.");

    private void Shape(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(element, attributes);
        End("/>");
    }
}
