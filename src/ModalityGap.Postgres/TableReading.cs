using ModalityGap.Embeddings;
using ModalityGap.Explanations;
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

    /// <summary>The largest groups; <c>null</c> where none were asked for.</summary>
    public async Task<IReadOnlyList<LinearGroup>?> Groups(CancellationToken cancellation)
    {
        if (table.GroupColumn is null)
            return null;
        List<LinearGroup> groups = [];
        await using NpgsqlCommand command = Command(sql.Groups);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            long count = row.GetInt64(1);
            groups.Add(new LinearGroup
            {
                Name = row.GetString(0),
                Items = count,
                Gap = Mean(row.GetDouble(4), row.IsDBNull(5) ? double.NaN : row.GetDouble(5)).Within(0, 2),
                MatchedCosine = Mean(row.GetDouble(2), row.GetDouble(3)).Within(-1, 1),
            });

            Estimate Mean(double value, double deviation) =>
                Estimate.Normal(value, deviation / Math.Sqrt(count), "normal interval from the server's standard deviation", count);
        }
        return groups;
    }

    /// <summary>The rows of the sampled items, n x d each.</summary>
    public async Task<(float[] X, float[] Y)> Sample(long items, int dimensions, CancellationToken cancellation)
    {
        var values = (int)Math.Min(items, options.SamplePairs) * dimensions;
        float[] x = new float[values], y = new float[values];
        await using NpgsqlCommand command = Command(sql.Sample);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        for (int at = 0; await row.ReadAsync(cancellation).ConfigureAwait(false); at += dimensions)
        {
            row.GetFieldValue<float[]>(0).CopyTo(x, at);
            row.GetFieldValue<float[]>(1).CopyTo(y, at);
        }
        return (x, y);
    }

    /// <summary>The types of the columns of embeddings, after a check that all columns are there.</summary>
    public async Task<string[]> Types(string source, CancellationToken cancellation)
    {
        List<(string Name, string Type)> there = [];
        await using (NpgsqlCommand command = Command(TableSql.ColumnTypes))
        await using (NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
            while (await row.ReadAsync(cancellation).ConfigureAwait(false))
                there.Add((row.GetString(0), row.GetString(1)));
        if (there.Count == 0)
        {
            List<string> tables = await Words(TableSql.Tables, cancellation).ConfigureAwait(false);
            string some = tables.Count == 0 ? "" : $" There are: {string.Join(", ", tables)}.";
            throw new EmbeddingDataException(source, "there is no such table.", $"Check its name, and name its schema: schema.table.{some}");
        }
        string[] wanted = [.. table.Columns, table.IdColumn, .. Given(table.ModalityColumn), .. Given(table.GroupColumn)];
        foreach (string column in wanted.Where(column => !there.Exists(found => found.Name == column)))
            throw new EmbeddingDataException(
                source, $"it has no column {column}.", $"Its columns are {string.Join(", ", there.Take(20).Select(found => found.Name))}.");
        string[] types = [.. table.Columns.Select(column => there.Find(found => found.Name == column).Type.Split('.')[^1])];
        int other = Array.FindIndex(types, type => type is not ("vector" or "halfvec"));
        return other < 0 ? types : throw new EmbeddingDataException(
            source,
            $"column {table.Columns[other]} has the type {types[other]}.",
            "Embeddings are measured in pgvector's types vector and halfvec: CREATE EXTENSION vector, and convert the column.");
    }

    /// <summary>The modalities that the table has, if they are two.</summary>
    public async Task<IReadOnlyList<string>> Modalities(string source, CancellationToken cancellation)
    {
        if (table.ModalityColumn is null)
            return table.Columns;
        List<string> found = await Words(sql.Kinds, cancellation).ConfigureAwait(false);
        return found.Count == 2 ? found : throw new EmbeddingDataException(
            source,
            found.Count == 0 ? $"column {table.ModalityColumn} has no values." : $"column {table.ModalityColumn} has the values {string.Join(", ", found)}.",
            "A gap lies between two modalities: name two values, such as --modalities image,text.");
    }

    private async Task<List<string>> Words(string text, CancellationToken cancellation)
    {
        List<string> words = [];
        await using NpgsqlCommand command = Command(text);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
            words.Add(row.GetString(0));
        return words;
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
        Add("table", NpgsqlDbType.Text, sql.From);
        if (table.Modalities.Count == 2)
        {
            Add("first", NpgsqlDbType.Text, table.Modalities[0]);
            Add("second", NpgsqlDbType.Text, table.Modalities[1]);
        }
        Add("seed", NpgsqlDbType.Text, options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("limit", NpgsqlDbType.Bigint, (long)options.SamplePairs);
        Add("fewest", NpgsqlDbType.Bigint, (long)GroupSlices.FewestItems);
        Add("most", NpgsqlDbType.Bigint, (long)GroupSlices.Most);
        return command;

        void Add(string name, NpgsqlDbType type, object value)
        {
            if (text.Contains('@' + name, StringComparison.Ordinal))
                command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value });
        }
    }

    private static string[] Given(string? column) => column is null ? [] : [column];

    private static EmbeddingDataException Unpaired(string source, string fault) =>
        new(source, fault, "Each item needs one row per modality: measure a view that leaves the others out.");
}

/// <summary>Means of the rows at norm 1, and moments of norms and cosines.</summary>
internal sealed record TableSums(float[] MeanX, float[] MeanY, RunningMoments NormsX, RunningMoments NormsY, RunningMoments Matched);
