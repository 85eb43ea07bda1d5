using System.Text;
using ModalityGap.Sources;
using Spectre.Console;

namespace ModalityGap.CommandLine;

/// <summary>Standard output for data, standard error for everything said about it.</summary>
internal sealed class Terminal : IDisposable
{
    /// <summary>Columns where nobody looks on: wide enough for a table, narrow enough for a mail.</summary>
    private const int UnwatchedWidth = 110;

    private readonly string tool;

    /// <summary>Opens both outputs for the tool of this name.</summary>
    public Terminal(string tool)
    {
        this.tool = tool;
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
            Console.OutputEncoding = Encoding.UTF8;
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Out = new StreamWriter(Console.OpenStandardOutput(), utf8, 1 << 14);
        Error = new StreamWriter(Console.OpenStandardError(), utf8, 1 << 10) { AutoFlush = true };
        OutConsole = ConsoleOver(Out, isTerminal: !Console.IsOutputRedirected);
        ErrorConsole = ConsoleOver(Error, IsErrorWatched);
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    private IAnsiConsole OutConsole { get; }

    /// <summary>Progress and colour on standard error.</summary>
    public IAnsiConsole ErrorConsole { get; }

    /// <summary>Whether somebody watches standard error, so that progress can be drawn there.</summary>
    public static bool CanAnimate => IsErrorWatched && !IsDumb && !IsSet("CI");

    private static bool IsErrorWatched => !Console.IsErrorRedirected;

    private static bool IsDumb => Environment.GetEnvironmentVariable("TERM") == "dumb";

    /// <summary>Says something that is not data, after the data that was written before it.</summary>
    public void Say(string text)
    {
        Out.Flush();
        // The console moves a progress bar out of the way.
        if (CanAnimate)
            ErrorConsole.WriteLine(text);
        else
            Error.WriteLine(text);
    }

    /// <summary>Draws tables on standard output.</summary>
    public void Draw(Action<IAnsiConsole> content)
    {
        if (OutConsole.Profile.Capabilities.Ansi)
            content(OutConsole);
        else
            DrawPlain(Out, content);
    }

    /// <summary>Draws tables as plain text, without the blanks that fill their lines.</summary>
    public static void DrawPlain(TextWriter writer, Action<IAnsiConsole> content)
    {
        using var page = new StringWriter();
        content(ConsoleOver(page, isTerminal: false));
        using var lines = new StringReader(page.ToString());
        while (lines.ReadLine() is { } line)
            writer.WriteLine(line.TrimEnd());
    }

    /// <summary>Says what went wrong, after whatever data there is; no password of an address in it.</summary>
    public void Complain(string message)
    {
        try
        {
            Out.Flush();
        }
        catch (IOException)
        {
            // The complaint may be about this very output.
        }
        if (ErrorConsole.Profile.Capabilities.Ansi)
            ErrorConsole.Markup($"[red bold]{tool}:[/] ");
        else
            Error.Write($"{tool}: ");
        Error.WriteLine(Shown.WithoutPasswords(message));
    }

    /// <summary>Hands over all data that was written so far.</summary>
    public void Flush() => Out.Flush();

    public void Dispose()
    {
        try
        {
            Out.Dispose();
        }
        catch (IOException)
        {
            // Told when it was flushed.
        }
        Error.Dispose();
    }

    private static IAnsiConsole ConsoleOver(TextWriter writer, bool isTerminal)
    {
        bool colour = isTerminal && !IsDumb && !IsSet("NO_COLOR");
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = !isTerminal || IsDumb ? AnsiSupport.No : OperatingSystem.IsWindows() ? AnsiSupport.Detect : AnsiSupport.Yes,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal && CanAnimate ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new TerminalOutput(writer, isTerminal, Width(isTerminal)),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private static int Width(bool isTerminal)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out int columns) && columns is >= 40 and <= 1000)
            return columns;
        return isTerminal ? WindowWidth() : UnwatchedWidth;
    }

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth is var width and >= 40 ? Math.Min(width, 140) : UnwatchedWidth;
        }
        catch (IOException)
        {
            return UnwatchedWidth;
        }
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
