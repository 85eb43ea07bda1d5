using System.Text;

namespace ModalityGap.Report.Markup;

/// <summary>The outline of a path. Many small marks in one path keep a page with thousands of them small.</summary>
internal sealed class PathData
{
    private readonly StringBuilder data = new();

    public bool IsEmpty => data.Length == 0;

    public PathData MoveTo(double x, double y) => Add('M', x, y);

    public PathData LineTo(double x, double y) => Add('L', x, y);

    public PathData Close()
    {
        data.Append('Z');
        return this;
    }

    /// <summary>A line through all points.</summary>
    public PathData Through(IEnumerable<(double X, double Y)> points)
    {
        bool first = true;
        foreach ((double x, double y) in points)
        {
            Add(first ? 'M' : 'L', x, y);
            first = false;
        }
        return this;
    }

    /// <summary>A filled circle, as two arcs.</summary>
    public PathData Disc(double x, double y, double radius)
    {
        string r = SvgWriter.At(radius), across = SvgWriter.At(2 * radius);
        MoveTo(x - radius, y);
        data.Append($"a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0-{across} 0");
        return this;
    }

    /// <summary>A square that stands on its corner.</summary>
    public PathData Diamond(double x, double y, double radius)
    {
        string r = SvgWriter.At(radius);
        MoveTo(x, y - radius);
        data.Append($"l{r} {r}-{r} {r}-{r}-{r}z");
        return this;
    }

    /// <summary>A square.</summary>
    public PathData Square(double x, double y, double radius)
    {
        string side = SvgWriter.At(2 * radius);
        MoveTo(x - radius, y - radius);
        data.Append($"h{side}v{side}h-{side}z");
        return this;
    }

    /// <summary>A rectangle from its upper left corner.</summary>
    public PathData Box(double x, double y, double width, double height)
    {
        string across = SvgWriter.At(width);
        MoveTo(x, y);
        data.Append($"h{across}v{SvgWriter.At(height)}h-{across}z");
        return this;
    }

    public override string ToString() => data.ToString();

    private PathData Add(char command, double x, double y)
    {
        data.Append(command).Append(SvgWriter.At(x)).Append(' ').Append(SvgWriter.At(y));
        return this;
    }
}
