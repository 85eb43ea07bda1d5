using ModalityGap.Measures;
using ModalityGap.Report.Figures;
using ModalityGap.Report.Markup;

namespace ModalityGap.Report.Page;

/// <summary>A figure with its finding, its caption, the definition behind it and the numbers behind it.</summary>
internal sealed class FigureCard(Figure figure, HtmlWriter html, string id, int level)
{
    public void Write()
    {
        using (html.Open("figure", ("class", $"card {figure.Name}{(figure.IsWide ? " wide" : "")}"), ("id", id), ("data-figure", figure.Name), ("aria-labelledby", id + "-title")))
        {
            html.Heading(level, figure.Title, ("id", id + "-title"));
            Drawing();
            if (figure.Live is { } data)
                html.Json(id + "-data", data, figure.LiveKind + "-data");
            html.Element("figcaption", figure.Caption);
            using (html.Open("div", ("class", "tools")))
            {
                Question();
                Data();
                foreach (string format in (ReadOnlySpan<string>)["svg", "png", "csv"])
                    Save(format);
            }
        }
    }

    // A wide drawing scrolls where the screen is narrow: its letters would be too small to read.
    private void Drawing()
    {
        string label = $"{figure.Title}. {figure.Caption}";
        if (!figure.IsWide)
        {
            html.Drawing(figure.Drawing, label);
            return;
        }
        using (html.Open("div", ("class", "drawing"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Drawing, may scroll sideways")))
            html.Drawing(figure.Drawing, label);
    }

    private void Question()
    {
        if (!MeasureCatalog.TryFind(figure.Measure, out MeasureInfo? info))
            return;
        using (html.Open("details"))
        {
            html.Element("summary", "?", ("aria-label", $"What is this? {info.Name}"));
            using (html.Open("div", ("class", "unfolded")))
                Definition.Write(html, info);
        }
    }

    private void Data()
    {
        using (html.Open("details"))
        {
            html.Element("summary", "Numbers", ("aria-label", $"Numbers behind: {figure.Title}"));
            using (html.Open("div", ("class", "unfolded scroll tall"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Numbers")))
                Tables.Write(html, figure.Data);
        }
    }

    private void Save(string format) => html.Element(
        "button",
        format.ToUpperInvariant(),
        ("type", "button"),
        ("class", "quiet"),
        ("data-save", format),
        ("aria-label", $"Save as {format.ToUpperInvariant()}: {figure.Title}"),
        ("hidden", ""));
}
