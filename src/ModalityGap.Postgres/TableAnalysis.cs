using System.Data;
using System.Globalization;
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
    /// <summary>Measures the gap between the two modalities of a table.</summary>
    /// <param name="connection">How to connect; appears in no message.</param>
    /// <param name="table">Where the embeddings are.</param>
    /// <param name="options">How; default <see cref="LinearOptions"/> as it is.</param>
    /// <param name="cancellation">Cancels the statement that runs.</param>
    /// <exception cref="ArgumentException">The description of the table makes no sense.</exception>
    /// <exception cref="EmbeddingDataException">The server, the table or its rows cannot be used.</exception>
    public static async Task<LinearResult> RunAsync(
        NpgsqlConnectionStringBuilder connection, EmbeddingTable table, LinearOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(table);
        table.Check();
        options ??= new LinearOptions();
        options.Check();
        string source = $"{connection.Host}/{connection.Database} {table.Table}";
        try
        {
            var builder = new NpgsqlSlimDataSourceBuilder(connection.ConnectionString);
            builder.EnableArrays();
            await using NpgsqlDataSource server = builder.Build();
            await using NpgsqlConnection open = await server.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using NpgsqlTransaction snapshot = await open.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation).ConfigureAwait(false);
            await Send(open, string.Create(CultureInfo.InvariantCulture,
                $"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = {(long)table.StatementTimeout.TotalMilliseconds}"), cancellation).ConfigureAwait(false);
            return await Measure(new TableReading(open, table, options), source, table, options, cancellation).ConfigureAwait(false);
        }
        catch (NpgsqlException fault) when (!cancellation.IsCancellationRequested)
        {
            throw ServerFault.InWords(fault, source);
        }
    }

    private static async Task<LinearResult> Measure(
        TableReading reading, string source, EmbeddingTable table, LinearOptions options, CancellationToken cancellation)
    {
        long skipped = await reading.Check(source, cancellation).ConfigureAwait(false);
        TableSums sums = await reading.Sums(cancellation).ConfigureAwait(false);
        (float[] x, float[] y) = await reading.Sample(sums.MeanX.Length, cancellation).ConfigureAwait(false);
        return LinearFromSums.Result(
            Modality(0, sums.MeanX, sums.NormsX, x), Modality(1, sums.MeanY, sums.NormsY, y), sums.Matched, skipped, options, cancellation);

        SummedModality Modality(int place, float[] mean, RunningMoments norms, float[] sample)
        {
            string part = table.ModalityColumn is null ? table.Columns[place] : $"{table.Columns[0]} where {table.ModalityColumn} = {table.Modalities[place]}";
            return new SummedModality(
                new Provenance(source, "postgresql", "vector", part, Fingerprint.None),
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
