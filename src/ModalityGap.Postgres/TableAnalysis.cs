using System.Data;
using System.Globalization;
using ModalityGap.Accumulation;
using ModalityGap.Embeddings;
using ModalityGap.Statistics;
using Npgsql;

namespace ModalityGap.Postgres;

/// <summary>
/// The linear analysis of a table: the server computes means, norms and cosines of all items, and sends a sample of them for the
/// intervals. Nothing else leaves it, and nothing is written: one read-only snapshot.
/// </summary>
public static class TableAnalysis
{
    private static readonly TimeSpan PatienceAfterCancelling = TimeSpan.FromSeconds(1);

    /// <summary>Measures the gap between the two modalities of a table.</summary>
    /// <param name="connection">How to connect; appears in no message.</param>
    /// <param name="table">Where the embeddings are.</param>
    /// <param name="options">How; default <see cref="LinearOptions"/> as it is.</param>
    /// <param name="progress">Told which statement runs.</param>
    /// <param name="cancellation">Cancels the statement that runs.</param>
    /// <exception cref="ArgumentException">The description of the table makes no sense.</exception>
    /// <exception cref="EmbeddingDataException">The server, the table or its rows cannot be used.</exception>
    public static async Task<LinearResult> RunAsync(
        NpgsqlConnectionStringBuilder connection, EmbeddingTable table, LinearOptions? options = null,
        IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(table);
        table.Check();
        options ??= new LinearOptions();
        options.Check();
        string source = $"{connection.Host}/{connection.Database} {table.Table}";
        Task<LinearResult> work = Connected(connection, source, table, options, progress, cancellation);
        // A server that answers no more would hold up who has cancelled, because Npgsql asks it to stop.
        using var untilThen = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (await Task.WhenAny(work, Abandoned(untilThen.Token)).ConfigureAwait(false) == work)
            return await work.ConfigureAwait(false);
        _ = work.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        throw new OperationCanceledException(cancellation);
    }

    /// <summary>Measures the gap between the two modalities of a table of a server with an address.</summary>
    /// <param name="address">As in <see cref="ServerAddress.Parse"/>; appears in no message.</param>
    /// <param name="table">Where the embeddings are.</param>
    /// <param name="options">How; default <see cref="LinearOptions"/> as it is.</param>
    /// <param name="progress">Told which statement runs.</param>
    /// <param name="cancellation">Cancels the statement that runs.</param>
    /// <exception cref="FormatException">The address makes no sense.</exception>
    /// <exception cref="EmbeddingDataException">The server, the table or its rows cannot be used.</exception>
    public static Task<LinearResult> RunAsync(
        string address, EmbeddingTable table, LinearOptions? options = null,
        IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default) =>
        RunAsync(ServerAddress.Parse(address), table, options, progress, cancellation);

    /// <summary>The statements that would be sent, in their order.</summary>
    /// <param name="table">Where the embeddings are.</param>
    public static IReadOnlyList<string> Statements(EmbeddingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.Check();
        var sql = new TableSql(table);
        IEnumerable<string> kinds = table.Modalities.Count == 0 && table.ModalityColumn is not null ? [sql.Kinds] : [];
        IEnumerable<string> groups = table.GroupColumn is null ? [] : [sql.Groups];
        return [Opening(table), TableSql.VectorPath, TableSql.ColumnTypes, .. kinds, sql.Ids, sql.Items, sql.Sums, .. groups, sql.Sample];
    }

    private static string Opening(EmbeddingTable table) => string.Create(CultureInfo.InvariantCulture,
        $"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = {(long)table.StatementTimeout.TotalMilliseconds}");

    private static async Task Abandoned(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(PatienceAfterCancelling, CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task<LinearResult> Connected(
        NpgsqlConnectionStringBuilder connection, string source, EmbeddingTable table, LinearOptions options,
        IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            var builder = new NpgsqlSlimDataSourceBuilder(connection.ConnectionString);
            builder.EnableArrays();
            await using NpgsqlDataSource server = builder.Build();
            await using NpgsqlConnection open = await server.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using NpgsqlTransaction snapshot = await open.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation).ConfigureAwait(false);
            await Send(open, $"{Opening(table)}; {TableSql.VectorPath}", cancellation).ConfigureAwait(false);
            return await Measure(open, source, table, options, progress, cancellation).ConfigureAwait(false);
        }
        catch (NpgsqlException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (NpgsqlException fault)
        {
            throw ServerFault.InWords(fault, source);
        }
    }

    private static async Task<LinearResult> Measure(
        NpgsqlConnection open, string source, EmbeddingTable table, LinearOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new AnalysisProgress("looking at the table", 0));
        var reading = new TableReading(open, table, options);
        string[] types = await reading.Types(source, cancellation).ConfigureAwait(false);
        if (table.Modalities.Count == 0)
        {
            table = table with { Modalities = await reading.Modalities(source, cancellation).ConfigureAwait(false) };
            reading = new TableReading(open, table, options);
        }
        progress?.Report(new AnalysisProgress("checking the rows", 0.1));
        long skipped = await reading.Check(source, cancellation).ConfigureAwait(false);
        progress?.Report(new AnalysisProgress("summing", 0.4));
        TableSums sums = await reading.Sums(cancellation).ConfigureAwait(false);
        options.CheckSample(source, sums.Matched.Count, 2L * sums.MeanX.Length);
        progress?.Report(new AnalysisProgress("groups", 0.6));
        IReadOnlyList<LinearGroup>? groups = await reading.Groups(cancellation).ConfigureAwait(false);
        progress?.Report(new AnalysisProgress("sampling", 0.7));
        (float[] x, float[] y) = await reading.Sample(sums.Matched.Count, sums.MeanX.Length, cancellation).ConfigureAwait(false);
        progress?.Report(new AnalysisProgress("measuring the sample", 0.9));
        return LinearFromSums.Result(
            Modality(0, sums.MeanX, sums.NormsX, x), Modality(1, sums.MeanY, sums.NormsY, y), sums.Matched, skipped, groups, options, progress, cancellation);

        SummedModality Modality(int place, float[] mean, RunningMoments norms, float[] sample)
        {
            string part = table.ModalityColumn is null ? table.Columns[place] : $"{table.Columns[0]} where {table.ModalityColumn} = {table.Modalities[place]}";
            return new SummedModality(
                new Provenance(source, "postgresql", types[place % types.Length], part, Fingerprint.None),
                [.. mean.Select(value => (double)value * sums.Matched.Count)],
                norms,
                new EmbeddingSet(new Modality(table.Modalities[place]), sample, mean.Length));
        }
    }

    private static async Task Send(NpgsqlConnection open, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
