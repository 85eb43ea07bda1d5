using System.Globalization;
using ModalityGap.Corrections;

namespace ModalityGap.Cli.Deployment;

/// <summary>
/// What is done to rows as SQL functions, where that takes nothing but vectors: pgvector has sums, products by entry and norms, no
/// matrices.
/// </summary>
internal sealed class SqlRows(FittedCorrection correction)
{
    private readonly string mark = Mark(correction);

    /// <summary>Whether no matrix and no bank of queries is part of the correction.</summary>
    public static bool CanWrite(FittedCorrection correction) =>
        correction.Scores?.Bank is null && correction.Transforms.All(entry => entry.Transform.Steps.All(step => step.Matrix.IsEmpty));

    public void Write(TextWriter writer)
    {
        writer.WriteLine($"""

            -- Rows may be corrected here or by modgap apply; pgvector reckons in single precision, so that last digits differ.
            -- A row that is zero, or equal to what is subtracted, has no direction and becomes zero: leave it out.
            CREATE FUNCTION corrected(embedding vector, modality text, is_query boolean) RETURNS vector
            LANGUAGE sql IMMUTABLE AS {mark}
                SELECT CASE
            {string.Join("\n", correction.Transforms.OrderByDescending(entry => entry.Role.AreQueries).Select(Case))}
                END
            {mark};
            CREATE FUNCTION baked(embedding vector, modality text, is_query boolean) RETURNS vector
            LANGUAGE sql IMMUTABLE AS {mark}
                SELECT {Baked()}
                FROM (SELECT corrected(embedding, modality, is_query) AS c) AS rows
            {mark};
            """);
    }

    // Queries come first: those of which nothing was learned fall through to the documents of their modality.
    private static string Case((RowRole Role, RowTransform Transform) entry)
    {
        string condition = $"modality = {SqlCode.Quoted(entry.Role.Modality.Name)}{(entry.Role.AreQueries ? " AND is_query" : "")}";
        return $"        WHEN {condition} THEN {entry.Transform.Steps.Aggregate("l2_normalize(embedding)", Applied)}";
    }

    private static string Applied(string rows, AffineStep step)
    {
        string moved = step.Centre.IsEmpty ? rows : $"({rows} - {Vector(step.Centre)})";
        string scaled = step.Scale.Length switch
        {
            0 => moved,
            1 when step.Scale[0] == 1 => moved,
            1 => $"({moved} * {Constant(step.Scale[0], step.Inputs)})",
            _ => $"({moved} * {Vector(step.Scale)})",
        };
        return $"l2_normalize({(step.Offset.IsEmpty ? scaled : $"{scaled} + {Vector(step.Offset)}")})";
    }

    private string Baked()
    {
        if (correction.Scores is not { } scores)
            return "c";
        string along = scores.Direction.IsEmpty ? "" : $" - (c <#> {Vector(scores.Direction)})";
        string cases = string.Join("\n", ((ScoreScale[])[scores.First, scores.Second]).Select(scale => string.Create(
            CultureInfo.InvariantCulture,
            $"        WHEN modality = {SqlCode.Quoted(scale.Modality.Name)} THEN (c * {Constant(scale.Scale, correction.OutputDimensions)}) || ARRAY[{scale.Shift:R}{along}]::real[]::vector")));
        return $"CASE\n        WHEN is_query THEN c || '[1]'::vector\n{cases}\n    END";
    }

    private static string Constant(double value, int dimensions) =>
        string.Create(CultureInfo.InvariantCulture, $"array_fill(({value:R})::real, ARRAY[{dimensions}])::vector");

    private static string Vector(ReadOnlySpan<double> values)
    {
        var texts = new string[values.Length];
        for (int k = 0; k < texts.Length; k++)
            texts[k] = ((float)values[k]).ToString("R", CultureInfo.InvariantCulture);
        return $"'[{string.Join(',', texts)}]'::vector";
    }

    // Quotes the functions' text; a modality's name comes from a file and may hold anything.
    private static string Mark(FittedCorrection correction)
    {
        string word = "gap";
        while (correction.Transforms.Any(entry => entry.Role.Modality.Name.Contains($"${word}$", StringComparison.Ordinal)))
            word += "_";
        return $"${word}$";
    }
}
