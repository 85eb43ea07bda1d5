using System.Text;
using Spectre.Console;

namespace ModalityGap.CommandLine;

/// <summary>Lets tables go through our own buffered writer, whose failures we see.</summary>
internal sealed class TerminalOutput(TextWriter writer, bool isTerminal, int width) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => isTerminal;

    public int Width => width;

    public int Height => 40;

    public void SetEncoding(Encoding encoding)
    {
        // Always UTF-8.
    }
}
