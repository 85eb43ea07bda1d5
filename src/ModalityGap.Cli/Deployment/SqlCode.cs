using System.Globalization;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Deployment;

/// <summary>A fitted correction as SQL for PostgreSQL with pgvector.</summary>
/// <param name="correction">What was fitted.</param>
/// <param name="path">The artefact's name in comments.</param>
internal sealed class SqlCode(FittedCorrection correction, string path)
{
    /// <summary>Dimensions of the largest vector that pgvector's hnsw index takes.</summary>
    private const int MostIndexed = 2000;

    private readonly Modality[] modalities = [correction.First, correction.Second];

    /// <summary>Whether b is a number of its own for each document.</summary>
    private readonly bool termsVary = correction.Scores is { } scores && (!scores.Direction.IsEmpty || scores.Bank is not null);

    public void Write(TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine("-- Needs pgvector 0.7 or later: CREATE EXTENSION IF NOT EXISTS vector;");
        writer.WriteLine("-- An hnsw index gives at most hnsw.ef_search rows, 40 unless set: SET hnsw.ef_search = 100;");
        if (SqlRows.CanWrite(correction))
            new SqlRows(correction).Write(writer);
        else
            writer.WriteLine($"""

                -- A matrix is part of this correction. Rows must be corrected before they are inserted, and queries before they ask:
                --   modgap apply {path} FILE --modality NAME [--query] [--baked] -o OUT.npy
                -- What follows is the form of the scores only.
                """);
        WriteBaked(writer);
        WriteMerged(writer);
    }

    private void WriteBaked(TextWriter writer)
    {
        writer.WriteLine($"""

            -- (a) One index of baked vectors, searched by inner product.
            --     Rows from: modgap apply {path} FILE --modality NAME --baked -o OUT.npy
            CREATE TABLE baked_documents (
                id text PRIMARY KEY,
                modality text NOT NULL CHECK (modality IN ({Names()})),
                embedding vector({correction.BakedDimensions}) NOT NULL
            );
            {Index("baked_documents", correction.BakedDimensions, "")}
            -- $1: a baked query (add --query); $2: how many.
            PREPARE search_baked (vector, integer) AS
            SELECT id, modality, -(embedding <#> $1) AS score
            FROM baked_documents
            ORDER BY embedding <#> $1
            LIMIT $2;
            """);
    }

    private void WriteMerged(TextWriter writer)
    {
        string term = termsVary ? "term" : "shift";
        writer.WriteLine($"""

            -- (b) The nearest of each modality, then merged by the corrected score a (q.d) + b.
            --     Rows from: modgap apply {path} FILE --modality NAME -o OUT.npy{(termsVary ? "\n--     term: b(d), the last value of the same row with --baked." : "")}
            CREATE TABLE corrected_documents (
                id text PRIMARY KEY,
                modality text NOT NULL CHECK (modality IN ({Names()})),
                embedding vector({correction.OutputDimensions}) NOT NULL{(termsVary ? ",\n    term double precision NOT NULL" : "")}
            );
            CREATE TABLE score_scales (
                modality text PRIMARY KEY,
                scale double precision NOT NULL,
                shift double precision NOT NULL
            );
            INSERT INTO score_scales VALUES
            {string.Join(",\n", modalities.Select(Scales))};
            {string.Join("\n", modalities.Select(modality => Index("corrected_documents", correction.OutputDimensions, $" WHERE modality = {Quoted(modality.Name)}")))}
            -- $1: a corrected query (add --query); $2: how many; $3: how many candidates of each modality.
            -- {(termsVary ? "b differs from document to document: take more candidates than wanted, such as four times as many." : "b is one number for each modality: as many candidates as wanted are enough.")}
            PREPARE search_merged (vector, integer, integer) AS
            WITH candidates AS (
            {string.Join("\n    UNION ALL\n", modalities.Select(Candidates))}
            )
            SELECT id, modality, scale * product + {term} AS score
            FROM candidates JOIN score_scales USING (modality)
            ORDER BY score DESC
            LIMIT $2;
            """);
    }

    private string Scales(Modality modality)
    {
        ScoreScale scale = correction.Scores is not { } scores ? ScoreScale.None(modality) : modality == scores.First.Modality ? scores.First : scores.Second;
        return string.Create(CultureInfo.InvariantCulture, $"    ({Quoted(modality.Name)}, {scale.Scale:R}, {scale.Shift:R})");
    }

    private string Candidates(Modality modality) => $"""
            (SELECT id, modality, -(embedding <#> $1) AS product{(termsVary ? ", term" : "")}
             FROM corrected_documents
             WHERE modality = {Quoted(modality.Name)}
             ORDER BY embedding <#> $1
             LIMIT $3)
        """;

    private string Names() => string.Join(", ", modalities.Select(modality => Quoted(modality.Name)));

    private static string Index(string table, int dimensions, string condition) => dimensions > MostIndexed
        ? $"-- No index: hnsw takes vectors of at most {MostIndexed.ToString("N0", CultureInfo.InvariantCulture)} dimensions. The search reads every row."
        : $"CREATE INDEX ON {table} USING hnsw (embedding vector_ip_ops){condition};";

    /// <summary>A string literal.</summary>
    internal static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
