using System.Globalization;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;

namespace ModalityGap.Cli.Tests;

/// <summary>
/// Fills the tables that <c>modgap emit --as sql</c> creates, and searches them: with raw rows where the code can correct them itself, else with
/// rows that were corrected before, as the code asks for.
/// </summary>
internal sealed class SqlSearch(FittedCorrection correction, PairedEmbeddings pairs, bool inSql)
{
    public string Inserts() => string.Join('\n', Enumerable.Range(0, pairs.Items).SelectMany(row => (string[])
        [.. Inserts(row, "image", RowRole.Documents(Modality.Image), pairs.First), .. Inserts(row, "text", RowRole.Documents(Modality.Text), pairs.Second)]));

    /// <summary>Exact searches: an index over so few rows would be one more thing to tell apart.</summary>
    public string Searches(int queries, int wanted)
    {
        RowRole role = RowRole.Queries(Modality.Text);
        return "SET enable_indexscan = off; SET enable_bitmapscan = off;\n" + string.Join('\n', Enumerable.Range(0, queries).Select(row => $"""
            EXECUTE search_baked ({Baked(role, pairs.Second, row)}, {wanted});
            EXECUTE search_merged ({Corrected(role, pairs.Second, row)}, {wanted}, {pairs.Items});
            """));
    }

    private IEnumerable<string> Inserts(int row, string name, RowRole role, UnitEmbeddings rows)
    {
        bool termsVary = correction.Scores is { } scores && (!scores.Direction.IsEmpty || scores.Bank is not null);
        string term = termsVary ? string.Create(CultureInfo.InvariantCulture, $", {Term(role, rows, row):R}") : "";
        yield return $"INSERT INTO baked_documents VALUES ('{name} {row}', '{name}', {Baked(role, rows, row)});";
        yield return $"INSERT INTO corrected_documents VALUES ('{name} {row}', '{name}', {Corrected(role, rows, row)}{term});";
    }

    private string Baked(RowRole role, UnitEmbeddings rows, int row) => inSql
        ? $"baked({Vector(rows.Row(row))}, '{role.Modality}', {(role.AreQueries ? "true" : "false")})"
        : Vector(BakedRow(role, rows, row));

    private string Corrected(RowRole role, UnitEmbeddings rows, int row) => inSql
        ? $"corrected({Vector(rows.Row(row))}, '{role.Modality}', {(role.AreQueries ? "true" : "false")})"
        : Vector(correction.Apply(role, rows.Select([row])).Row(0));

    // "The last value of the same row with --baked", as the code says.
    private float Term(RowRole role, UnitEmbeddings rows, int row) => BakedRow(role, rows, row)[^1];

    private float[] BakedRow(RowRole role, UnitEmbeddings rows, int row) => correction.Bake(role, rows.Select([row])).Row(0).ToArray();

    private static string Vector(ReadOnlySpan<float> row) =>
        $"'[{string.Join(',', row.ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]'::vector";
}
