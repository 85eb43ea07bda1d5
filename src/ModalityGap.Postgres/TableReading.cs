using ModalityGap.Embeddings;
using ModalityGap.Statistics;
using Npgsql;
using NpgsqlTypes;

namespace ModalityGap.Postgres;

/// <summary>What the statements of <see cref="TableSql"/> answer.</summary>
internal sealed class TableReading(NpgsqlConnection open, EmbeddingTable table, LinearOptions options)
{
    private readonly TableSql sql = new(table);

    /// <summary>Refuses a table that cannot be measured; the number of items to leave out.</summary>
    public async Task<long> Check(string source, CancellationToken cancellation)
    {
        long paired;
        await using (NpgsqlDataReader row = await Row(sql.Ids, cancellation).ConfigureAwait(false))
        {
            paired = row.GetInt64(0);
            for (int m = 0; m < 2; m++)
            {
                if (row.GetInt64(2 * m) == 0)
                    throw new EmbeddingDataException(
                        source, $"it has no rows of {table.Modalities[m]}.", "Give two values that the modality's column has.");
                if (row.GetInt64(2 * m) != row.GetInt64(2 * m + 1))
                    throw new EmbeddingDataException(
                        source,
                        $"{table.Modalities[m]} has {row.GetInt64(2 * m)} rows and {row.GetInt64(2 * m + 1)} different ids.",
                        "Each item needs one row per modality and an id of its own.");
            }
            if (row.GetInt64(2) != paired)
                throw Unpaired(source, $"it has {paired} rows of {table.Modalities[0]} and {row.GetInt64(2)} of {table.Modalities[1]}.");
        }
        await using NpgsqlDataReader items = await Row(sql.Items, cancellation).ConfigureAwait(false);
        (long count, long faulty) = (items.GetInt64(0), items.GetInt64(1));
        if (count != paired)
            throw Unpaired(source, $"{count} of {paired} ids have a row in both modalities.");
        if (faulty > 0 && !options.SkipInvalid)
            throw new EmbeddingDataException(
                source, $"{faulty} of {count} items have an embedding that is null or zero.", "Repair them, or use --skip-invalid to leave them out.");
        if (count - faulty < GapAnalysis.FewestItems)
            throw new EmbeddingDataException(
                source, $"{count - faulty} usable items are too few.", $"Give at least {GapAnalysis.FewestItems} items, better some hundred.");
        if (items.GetInt32(2) != items.GetInt32(3))
            throw new EmbeddingDataException(
                source,
                $"its embeddings have {items.GetInt32(2)} to {items.GetInt32(3)} dimensions.",
                "All must come from the same model's shared space.");
        return faulty;
    }

    /// <summary>The sums of all usable items.</summary>
    public async Task<TableSums> Sums(CancellationToken cancellation)
    {
        await using NpgsqlDataReader row = await Row(sql.Sums, cancellation).ConfigureAwait(false);
        long count = row.GetInt64(0);
        return new TableSums(row.GetFieldValue<float[]>(1), row.GetFieldValue<float[]>(2), Moments(3), Moments(7), Moments(11));

        RunningMoments Moments(int place)
        {
            double deviation = row.GetDouble(place + 1);
            return new RunningMoments(
                count, row.GetDouble(place), deviation * deviation * count, row.GetDouble(place + 2), row.GetDouble(place + 3));
        }
    }

    /// <summary>The rows of the sampled items, n x d each.</summary>
    public async Task<(float[] X, float[] Y)> Sample(int dimensions, CancellationToken cancellation)
    {
        List<float> x = new(options.SamplePairs * dimensions), y = new(options.SamplePairs * dimensions);
        await using NpgsqlCommand command = Command(sql.Sample);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            x.AddRange(row.GetFieldValue<float[]>(0));
            y.AddRange(row.GetFieldValue<float[]>(1));
        }
        return ([.. x], [.. y]);
    }

    private async Task<NpgsqlDataReader> Row(string text, CancellationToken cancellation)
    {
        await using NpgsqlCommand command = Command(text);
        NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await reader.ReadAsync(cancellation).ConfigureAwait(false);
        return reader;
    }

    // The server's own time-out ends a statement, so that the client's does not.
    private NpgsqlCommand Command(string text)
    {
        var command = new NpgsqlCommand(text, open) { CommandTimeout = 0 };
        Add("first", NpgsqlDbType.Text, table.Modalities[0]);
        Add("second", NpgsqlDbType.Text, table.Modalities[1]);
        Add("seed", NpgsqlDbType.Text, options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("limit", NpgsqlDbType.Bigint, (long)options.SamplePairs);
        return command;

        void Add(string name, NpgsqlDbType type, object value)
        {
            if (text.Contains('@' + name, StringComparison.Ordinal))
                command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value });
        }
    }

    private static EmbeddingDataException Unpaired(string source, string fault) =>
        new(source, fault, "Each item needs one row per modality: measure a view that leaves the others out.");
}

/// <summary>Means of the rows at norm 1, and moments of norms and cosines.</summary>
internal sealed record TableSums(float[] MeanX, float[] MeanY, RunningMoments NormsX, RunningMoments NormsY, RunningMoments Matched);
