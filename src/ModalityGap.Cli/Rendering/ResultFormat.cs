using ModalityGap.Cli.Output;

namespace ModalityGap.Cli.Rendering;

/// <summary>The forms in which a result is written.</summary>
internal static class ResultFormat
{
    public static string[] All { get; } = ["table", "json", "md", "csv"];

    /// <summary>The form that was asked for, else the one that the file's name says, else the table.</summary>
    public static string Choose(string? asked, string? path) => asked ?? Path.GetExtension(path)?.ToUpperInvariant() switch
    {
        ".JSON" => "json",
        ".MD" => "md",
        ".CSV" => "csv",
        _ => "table",
    };

    public static void Write(AnalysisResult result, string format, bool everyMeasure, Destination destination, Terminal terminal)
    {
        if (format == "table" && destination.IsStandardOutput)
            terminal.Draw(console => new TableRenderer(console, everyMeasure).Render(result));
        else
            destination.Write(writer => Write(result, format, everyMeasure, writer));
    }

    private static void Write(AnalysisResult result, string format, bool everyMeasure, TextWriter writer)
    {
        switch (format)
        {
            case "json":
                writer.WriteLine(AnalysisJson.ToText(result));
                break;
            case "md":
                new MarkdownRenderer(writer, everyMeasure).Render(result);
                break;
            case "csv":
                new CsvRenderer(writer).Render(result);
                break;
            default:
                Terminal.DrawPlain(writer, console => new TableRenderer(console, everyMeasure).Render(result));
                break;
        }
    }
}
