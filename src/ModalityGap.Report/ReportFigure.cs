namespace ModalityGap.Report;

/// <summary>One figure of the report as a file of its own.</summary>
/// <param name="Name">What the figure shows, in kebab-case: the stem of a file's name.</param>
/// <param name="Title">The finding, in words.</param>
/// <param name="Caption">How to read the figure, in one or two sentences.</param>
/// <param name="Svg">A complete SVG document.</param>
public sealed record ReportFigure(string Name, string Title, string Caption, string Svg);
