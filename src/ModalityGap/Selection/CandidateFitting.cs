using System.Globalization;
using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Selection;

/// <summary>Fits candidates on the same items; those that do the same to rows share that fit.</summary>
internal sealed class CandidateFitting(SearchProblem learned, long seed, WorkContext work)
{
    private readonly Dictionary<string, FittedCorrection> rows = [];
    private readonly CorrectionSample sample = learned.Sample(seed, work);

    /// <summary>The fitted candidate; <c>null</c> for the one that does nothing.</summary>
    /// <exception cref="EmbeddingDataException">These items cannot teach it.</exception>
    public FittedCorrection? Fit(Candidate candidate)
    {
        if (candidate is { Rows: null, Scores: null })
            return null;
        FittedCorrection ofRows = Rows(candidate.Rows);
        return candidate.Scores is null ? ofRows : ofRows.With(candidate.Scores.Fit(learned.Scores(ofRows, work)));
    }

    private FittedCorrection Rows(ICorrection? correction)
    {
        string key = correction is null ? "" : $"{correction.Info.Id} {string.Join(' ', correction.Parameters.Select(Value))}";
        if (!rows.TryGetValue(key, out FittedCorrection? fitted))
            rows[key] = fitted = correction?.Fit(sample) ?? sample.Unchanged();
        return fitted;
    }

    private static string Value(KeyValuePair<string, string> parameter) => string.Create(CultureInfo.InvariantCulture, $"{parameter.Key}={parameter.Value}");
}
