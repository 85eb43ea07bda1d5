namespace ModalityGap.Postgres;

/// <summary>The statements that are sent. Names are quoted; values are parameters: the modalities, the seed, the size of the sample.</summary>
internal sealed class TableSql(EmbeddingTable table)
{
    private readonly string from = FromName(table.Table);
    private readonly string id = Quoted(table.IdColumn);

    /// <summary>The table as an identifier.</summary>
    public string From => from;

    /// <summary>Names and types of the table's columns; none where there is no such table.</summary>
    public const string ColumnTypes = """
        SELECT attname::text, format_type(atttypid, NULL)::text FROM pg_attribute
        WHERE attrelid = to_regclass(@table) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
        """;

    /// <summary>Makes the operators of pgvector known where it is installed in a schema that is not looked into.</summary>
    public const string VectorPath = """
        SELECT set_config('search_path', concat_ws(', ', nullif(current_setting('search_path'), ''), quote_ident(nspname)), true)
        FROM pg_extension JOIN pg_namespace space ON space.oid = extnamespace WHERE extname = 'vector'
        """;

    /// <summary>The tables that can be named without a schema.</summary>
    public const string Tables = """
        SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND pg_table_is_visible(oid)
        AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) ORDER BY 1 LIMIT 8
        """;

    /// <summary>The first values of the modality's column.</summary>
    public string Kinds => $"SELECT DISTINCT {Kind}::text FROM {from} WHERE {Kind} IS NOT NULL ORDER BY 1 LIMIT 8";

    /// <summary>How many rows and different ids each modality has, of one row per modality and item.</summary>
    public string Ids => table.ModalityColumn is null
        ? $"SELECT count(*), count(DISTINCT {id}), count(*), count(DISTINCT {id}) FROM {from}"
        : $"""
        SELECT count(*) FILTER (WHERE {Kind}::text = @first), count(DISTINCT {id}) FILTER (WHERE {Kind}::text = @first),
               count(*) FILTER (WHERE {Kind}::text = @second), count(DISTINCT {id}) FILTER (WHERE {Kind}::text = @second)
        FROM {from}
        """;

    /// <summary>How many items there are, how many have an embedding that is null or zero, and the range of the dimensions.</summary>
    public string Items => $"""
        WITH item AS ({Item})
        SELECT count(*), count(*) FILTER (WHERE {Usable} IS NOT TRUE),
               least(min(vector_dims(x)), min(vector_dims(y))), greatest(max(vector_dims(x)), max(vector_dims(y)))
        FROM item
        """;

    /// <summary>Means, norms and cosines of the usable items.</summary>
    public string Sums => $"""
        WITH item AS ({Item}),
        measured AS (SELECT x, y, vector_norm(x) AS nx, vector_norm(y) AS ny, 1 - (x <=> y) AS c FROM item WHERE {Usable})
        SELECT count(*), avg(l2_normalize(x))::real[], avg(l2_normalize(y))::real[],
               avg(nx), stddev_pop(nx), min(nx), max(nx), avg(ny), stddev_pop(ny), min(ny), max(ny),
               avg(c), stddev_pop(c), min(c), max(c)
        FROM measured
        """;

    /// <summary>
    /// The largest groups: size, cosines, and the gap with the deviation of (x_i - y_i)·Δ/‖Δ‖, from which its interval follows.
    /// </summary>
    public string Groups => $"""
        WITH item AS ({Item}),
        measured AS (SELECT g, l2_normalize(x) AS x, l2_normalize(y) AS y, 1 - (x <=> y) AS c FROM item WHERE {Usable} AND g IS NOT NULL),
        grouped AS (SELECT g, count(*) AS n, avg(c) AS mean, stddev_samp(c) AS deviation, avg(x) - avg(y) AS gap
            FROM measured GROUP BY g HAVING count(*) >= @fewest ORDER BY n DESC, g LIMIT @most)
        SELECT g, n, mean, deviation, vector_norm(gap), stddev_samp(- ((measured.x - measured.y) <#> gap)) / nullif(vector_norm(gap), 0)
        FROM grouped JOIN measured USING (g) GROUP BY g, n, mean, deviation, gap ORDER BY n DESC, g
        """;

    /// <summary>The items whose hashed ids are lowest: the same ones whatever the order of the table.</summary>
    public string Sample => $"""
        WITH item AS ({Item})
        SELECT x::real[], y::real[] FROM item WHERE {Usable} ORDER BY md5(@seed || ':' || id), id LIMIT @limit
        """;

    private const string Usable = "(vector_norm(x) > 0 AND vector_norm(y) > 0)";

    private string Kind => Quoted(table.ModalityColumn!);

    // A halfvec is read as a vector, which is exact.
    private string Item => table.ModalityColumn is null
        ? $"SELECT {id}::text AS id, {Quoted(table.Columns[0])}::vector AS x, {Quoted(table.Columns[1])}::vector AS y{Group("")} FROM {from}"
        : $"""
        SELECT f.{id}::text AS id, f.{Quoted(table.Columns[0])}::vector AS x, s.{Quoted(table.Columns[0])}::vector AS y{Group("f.")}
        FROM {from} f JOIN {from} s ON f.{id} = s.{id} WHERE f.{Kind}::text = @first AND s.{Kind}::text = @second
        """;

    private string Group(string of) => table.GroupColumn is { } column ? $", {of}{Quoted(column)}::text AS g" : "";

    /// <summary>A name as an identifier, whatever it contains.</summary>
    public static string Quoted(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    // A part in quotation marks ends with them, any other at a dot.
    private static string FromName(string name)
    {
        List<string> parts = [];
        for (int start = 0; start <= name.Length;)
        {
            int end = name.IndexOf('.', start);
            if (start < name.Length && name[start] == '"')
            {
                int closing = name.IndexOf("\".", start + 1, StringComparison.Ordinal);
                end = closing < 0 ? -1 : closing + 1;
            }
            string part = end < 0 ? name[start..] : name[start..end];
            bool quoted = part.Length > 2 && part[0] == '"' && part[^1] == '"';
            parts.Add(Quoted(quoted ? part[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : part));
            start = end < 0 ? name.Length + 1 : end + 1;
        }
        return string.Join('.', parts);
    }
}
