using ModalityGap.Corrections;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Deployment;

/// <summary>
/// A fitted correction as code for production, in two forms: (a) baked vectors in one index, searched by inner product; (b) the nearest of each
/// modality, merged by the corrected score.
/// </summary>
internal static class DeploymentCode
{
    /// <summary>The languages that there is code for.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["sql", "numpy", "csharp"];

    /// <summary>Writes the code.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="correction">What was fitted.</param>
    /// <param name="path">The JSON file that holds it, as the code shall name it.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(string language, FittedCorrection correction, string path, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(correction);
        string comment = language switch
        {
            "sql" => "-- ",
            "numpy" => "# ",
            "csharp" => "// ",
            _ => throw new ArgumentException($"There is no code for {language}.", nameof(language)),
        };
        foreach (string line in Heading(correction, path))
            writer.WriteLine(comment + line);
        if (language == "sql")
            new SqlCode(correction, Shown.Name(path)).Write(writer);
        else
            writer.Write(Template(language == "numpy" ? "corrected_search.py" : "CorrectedSearch.cs", path));
    }

    private static IEnumerable<string> Heading(FittedCorrection correction, string path)
    {
        yield return $"The correction {Shown.Name(correction.Id)} of {Shown.Name(path)}.";
        foreach ((RowRole role, RowTransform transform) in correction.Transforms)
            yield return $"  {Shown.Name(role.ToString())}: {transform.InputDimensions} dimensions, after it {transform.OutputDimensions}, baked {correction.BakedDimensions}.";
        if (correction.Scores is { } scores)
        {
            yield return "  score = a (q.d) + b(d), the inner product of [a d, b] and [q, 1]:";
            foreach (ScoreScale scale in (ScoreScale[])[scores.First, scores.Second])
                yield return FormattableString.Invariant($"  {Shown.Name(scale.Modality.Name)}: a = {scale.Scale:R}, b = {scale.Shift:R}{Rest(scores)}.");
        }
        else
            yield return "  score = q.d: scores are left alone, and baked rows are the corrected rows.";
    }

    private static string Rest(FittedScores scores) =>
        (scores.Direction.IsEmpty ? "" : " + w.d") + (scores.Bank is null ? "" : " - the draw of d on a bank of queries");

    // Both are files of samples/, which is built and run by tests; only the name of the artefact is put in.
    private static string Template(string name, string path)
    {
        using Stream resource = typeof(DeploymentCode).Assembly.GetManifestResourceStream("deployment/" + name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource deployment/{name}.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Replace("\"gap.json\"", Quoted(path), StringComparison.Ordinal);
    }

    // A string literal of Python and C# alike.
    private static string Quoted(string text) => string.Concat(
        ["\"", .. text.Select(letter => char.IsControl(letter) || letter is '"' or '\\' ? $"\\u{(int)letter:x4}" : letter.ToString()), "\""]);
}
