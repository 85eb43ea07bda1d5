using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.CommandLine;
using ModalityGap.Postgres;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap measure postgres://...</c>: a table where it is. What loads the database's library is called for such sources only.</summary>
internal static class TableMeasuring
{
    /// <summary>Whether one of the sources is a database.</summary>
    public static bool IsNamedBy(IReadOnlyList<string> sources) => sources.Any(source =>
        source.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase));

    public static int Run(
        Terminal terminal, TableSource source, LinearOptions options, LinearMeasuring.Output wanted, bool dryRun, CancellationToken cancellation)
    {
        if (source.Addresses.Count != 1)
            throw new UsageException("A database is measured alone: give one postgres:// and no file beside it.");
        if (source.Modalities.Count is not (0 or 2))
            throw new UsageException("A table is measured for two modalities, such as --modalities image,text.");
        var table = new EmbeddingTable
        {
            Table = source.Table,
            Columns = source.Columns,
            IdColumn = source.Id,
            ModalityColumn = source.Modality,
            GroupColumn = source.Group,
            Modalities = source.Modalities,
            StatementTimeout = source.Timeout,
        };
        try
        {
            if (dryRun)
            {
                ServerAddress.Parse(source.Addresses[0]);
                foreach (string statement in TableAnalysis.Statements(table))
                    terminal.Out.WriteLine($"{statement};");
                terminal.Out.WriteLine("Nothing was sent.");
                return ExitCode.Ok;
            }
            using var destination = new Destination(terminal, wanted.Path);
            LinearResult result = Work.Run(terminal, wanted.Quiet, progress =>
                TableAnalysis.RunAsync(source.Addresses[0], table, options, progress, cancellation).GetAwaiter().GetResult());
            LinearMeasuring.Show(terminal, result, wanted, destination);
            return ExitCode.Ok;
        }
        catch (FormatException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    /// <summary>What the command line says of a table.</summary>
    internal sealed record TableSource(
        IReadOnlyList<string> Addresses, string Table, string[] Columns, string? Modality, string? Group, string Id, TimeSpan Timeout, IReadOnlyList<string> Modalities)
    {
        public static TableSource Of(InputArguments inputs, TableFlags flags, ParseResult parsed)
        {
            flags.RefuseOthers(parsed);
            return new TableSource(
                inputs.Files(parsed),
                flags.Table(parsed),
                flags.Columns(parsed),
                flags.Modality(parsed),
                flags.Group(parsed),
                flags.Id(parsed),
                flags.Timeout(parsed),
                inputs.Names(parsed) ?? []);
        }
    }
}
