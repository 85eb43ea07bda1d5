namespace ModalityGap.Report.Markup;

/// <summary>A finished drawing: shapes in a frame.</summary>
/// <param name="Width">Width of the frame in pixels at natural size.</param>
/// <param name="Height">Height of the frame.</param>
/// <param name="Shapes">The shapes, as written by <see cref="SvgWriter"/>.</param>
internal sealed record Drawing(double Width, double Height, string Shapes)
{
    private string Frame => $"0 0 {SvgWriter.At(Width)} {SvgWriter.At(Height)}";

    /// <summary>The drawing inside a page, which brings the style sheet; the label is what a screen reader says.</summary>
    public string Inline(string label)
    {
        using var text = new StringWriter();
        var html = new InlineWriter(text);
        using (html.Open("svg", ("class", "chart"), ("viewBox", Frame), ("role", "img"), ("aria-label", label)))
            html.Shapes(Shapes);
        return text.ToString();
    }

    /// <summary>The drawing as a file of its own, in the light colours, on white.</summary>
    public string Document(string title, string description)
    {
        using var text = new StringWriter();
        var svg = new InlineWriter(text);
        using (svg.Open(
            "svg",
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", "chart"),
            ("width", SvgWriter.At(Width)),
            ("height", SvgWriter.At(Height)),
            ("viewBox", Frame)))
        {
            using (svg.Open("title"))
                svg.Text(title);
            using (svg.Open("desc"))
                svg.Text(description);
            using (svg.Open("style"))
                svg.Shapes(Palette.Light.Resolve(Assets.FigureStyle));
            svg.Shapes($"<rect width=\"100%\" height=\"100%\" fill=\"{Palette.Light["card"]}\"/>");
            svg.Shapes(Shapes);
        }
        return text.ToString();
    }

    private sealed class InlineWriter(TextWriter writer) : MarkupWriter(writer)
    {
        public void Shapes(string markup) => Trusted(markup);
    }
}
