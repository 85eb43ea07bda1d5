using ModalityGap.CommandLine;
using ModalityGap.Postgres;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap measure postgres://...</c>: a table where it is. What loads the database's library is called for such sources only.</summary>
internal static class TableMeasuring
{
    /// <summary>Whether one of the sources is a database.</summary>
    public static bool IsNamedBy(IReadOnlyList<string> sources) => sources.Any(source =>
        source.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase));

    /// <summary>Measures a table.</summary>
    public static int Run(
        Terminal terminal, IReadOnlyList<string> sources, EmbeddingTable table, LinearOptions options, LinearMeasuring.Output wanted,
        CancellationToken cancellation)
    {
        string address = Address(sources);
        using var destination = new Destination(terminal, wanted.Path);
        LinearResult result = Work.Run(terminal, wanted.Quiet, progress =>
            TableAnalysis.RunAsync(address, table, options, progress, cancellation).GetAwaiter().GetResult());
        LinearMeasuring.Show(terminal, result, wanted, destination);
        return ExitCode.Ok;
    }

    /// <summary>Shows what would be sent.</summary>
    public static int DryRun(Terminal terminal, IReadOnlyList<string> sources, EmbeddingTable table)
    {
        Address(sources);
        foreach (string statement in TableAnalysis.Statements(table))
            terminal.Out.WriteLine($"{statement};");
        terminal.Out.WriteLine("Nothing was sent.");
        return ExitCode.Ok;
    }

    private static string Address(IReadOnlyList<string> sources)
    {
        if (sources.Count != 1)
            throw new UsageException("A database is measured alone: give one postgres:// and no file beside it.");
        try
        {
            ServerAddress.Parse(sources[0]);
            return sources[0];
        }
        catch (FormatException fault)
        {
            throw new UsageException(fault.Message);
        }
    }
}
