using System.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.CommandLine;

/// <summary>A tool from its arguments to its exit code: the one place where a failure becomes a message.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="verbs">Its verbs.</param>
/// <param name="tells">Whether the message of an exception of this tool's own is all that its user needs; default none has such.</param>
internal sealed class Tool(string name, Func<Terminal, CancellationToken, RootCommand> verbs, Predicate<Exception>? tells = null)
{
    /// <summary>The environment variable that asks for the stack trace of an unexpected error.</summary>
    private const string DebugVariable = "MODGAP_DEBUG";

    public int Run(string[] args)
    {
        using var terminal = new Terminal(name);
        using var interrupt = new Interrupt();
        try
        {
            int code = Invoke(args, terminal, interrupt.Token);
            terminal.Flush();
            return code;
        }
        catch (Exception exception)
        {
            return Fail(exception, terminal);
        }
    }

    private int Invoke(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        RootCommand root = verbs(terminal, cancellation);
        // Response files (@name) are off: a file may begin with @.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (CommandLineFault.Of(parsed, name) is { } fault)
        {
            terminal.Complain(fault);
            return ExitCode.Usage;
        }
        return parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = terminal.Out,
            Error = terminal.Error,
        });
    }

    // Every reader turns its faults into EmbeddingDataException, so an input or output error that arrives here is the output's.
    private int Fail(Exception exception, Terminal terminal)
    {
        (int code, string message) = exception switch
        {
            StoppedException => (ExitCode.Cancelled, exception.Message),
            OperationCanceledException => (ExitCode.Cancelled, "cancelled; nothing was written."),
            UsageException => (ExitCode.Usage, exception.Message),
            EmbeddingDataException or OutputException => (ExitCode.Data, exception.Message),
            _ when tells?.Invoke(exception) == true => (ExitCode.Data, exception.Message),
            IOException or UnauthorizedAccessException => (ExitCode.Data, OutputException.Describe("standard output", exception)),
            OutOfMemoryException => (ExitCode.Data, "the inputs do not fit into the memory that is free. Use fewer rows, or a larger machine."),
            _ => (ExitCode.Unexpected, $"unexpected error: {FirstLine(exception.Message)} ({exception.GetType().Name}). "
                + $"Set {DebugVariable}=1 and run again for details to report."),
        };
        terminal.Complain(message);
        if (code == ExitCode.Unexpected && Environment.GetEnvironmentVariable(DebugVariable) is { Length: > 0 })
            terminal.Error.WriteLine(Shown.WithoutPasswords(exception.ToString()));
        return code;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r', '.');
}
