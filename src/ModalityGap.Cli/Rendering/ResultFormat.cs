using ModalityGap.CommandLine;
using Spectre.Console;

namespace ModalityGap.Cli.Rendering;

/// <summary>The forms in which a result is written.</summary>
internal static class ResultFormat
{
    public const string Page = "html";

    public static string[] All { get; } = ["table", "json", "md", "csv"];

    /// <summary>The forms of a result that has a page too.</summary>
    public static string[] WithPage { get; } = [.. All, Page];

    /// <summary>The form that was asked for, else the one that the file's name says, else the table.</summary>
    public static string Choose(string? asked, string? path) => asked ?? Path.GetExtension(path)?.ToUpperInvariant() switch
    {
        ".JSON" => "json",
        ".MD" => "md",
        ".CSV" => "csv",
        _ => "table",
    };

    /// <summary>The same for a result that has a page too.</summary>
    public static string ChooseWithPage(string? asked, string? path) =>
        asked is null && Path.GetExtension(path)?.ToUpperInvariant() is ".HTML" or ".HTM" ? Page : Choose(asked, path);

    public static void Write(AnalysisResult result, string format, bool everyMeasure, Destination destination, Terminal terminal) => Write(
        format,
        destination,
        terminal,
        () => AnalysisJson.ToText(result),
        writer => new MarkdownRenderer(writer, everyMeasure).Render(result),
        writer => new CsvRenderer(writer).Render(result),
        console => new TableRenderer(console, everyMeasure).Render(result));

    public static void Write(LinearResult result, string format, bool everyMeasure, Destination destination, Terminal terminal) => Write(
        format,
        destination,
        terminal,
        () => LinearJson.ToText(result),
        writer => new MarkdownRenderer(writer, everyMeasure).Render(result),
        writer => new CsvRenderer(writer).Render(result),
        console => new TableRenderer(console, everyMeasure).Render(result));

    public static void Write(CorrectionResult result, string format, Destination destination, Terminal terminal) => Write(
        format,
        destination,
        terminal,
        () => CorrectionJson.ToText(result),
        writer => new MarkdownRenderer(writer, everyMeasure: false).Render(result),
        writer => new CsvRenderer(writer).Render(result),
        console => new TableRenderer(console, everyMeasure: false).Render(result));

    public static void Write(EvaluationResult result, string format, Destination destination, Terminal terminal) => Write(
        format,
        destination,
        terminal,
        () => EvaluationJson.ToText(result),
        writer => new MarkdownRenderer(writer, everyMeasure: false).Render(result),
        writer => new EvaluationCsv(writer).Render(result),
        console => new TableRenderer(console, everyMeasure: false).Render(result));

    public static void Write(ComparisonResult result, string format, Destination destination, Terminal terminal) => Write(
        format,
        destination,
        terminal,
        () => ComparisonJson.ToText(result),
        writer => new MarkdownRenderer(writer, everyMeasure: false).Render(result),
        writer => new CsvRenderer(writer).Render(result),
        console => new TableRenderer(console, everyMeasure: false).Render(result));

    public static void Write(CheckResult result, string format, Destination destination, Terminal terminal) => Write(
        format,
        destination,
        terminal,
        () => CheckJson.ToText(result),
        writer => new MarkdownRenderer(writer, everyMeasure: false).Render(result),
        writer => new CsvRenderer(writer).Render(result),
        console => new TableRenderer(console, everyMeasure: false).Render(result));

    private static void Write(
        string format,
        Destination destination,
        Terminal terminal,
        Func<string> json,
        Action<TextWriter> markdown,
        Action<TextWriter> csv,
        Action<IAnsiConsole> table)
    {
        if (format == "table" && destination.IsStandardOutput)
            terminal.Draw(table);
        else
            destination.Write(writer =>
            {
                switch (format)
                {
                    case "json":
                        writer.WriteLine(json());
                        break;
                    case "md":
                        markdown(writer);
                        break;
                    case "csv":
                        csv(writer);
                        break;
                    default:
                        Terminal.DrawPlain(writer, table);
                        break;
                }
            });
    }
}
