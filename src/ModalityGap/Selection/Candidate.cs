using ModalityGap.Corrections;

namespace ModalityGap.Selection;

/// <summary>What may be done: a correction of rows, one of scores, one after the other, or neither.</summary>
/// <param name="Id">Its name on the command line.</param>
/// <param name="Rows">What is done to rows; <c>null</c> for nothing.</param>
/// <param name="Scores">What is done to their scores; <c>null</c> for nothing.</param>
/// <param name="IsPlacebo">Whether it does as much to the rows, but nothing that could help.</param>
internal sealed record Candidate(string Id, ICorrection? Rows, IScoreCorrection? Scores, bool IsPlacebo = false)
{
    /// <summary>The candidate that all others are compared with.</summary>
    public static Candidate Nothing { get; } = new(Recommender.DoNothing, null, null);

    /// <summary>What to do, as an order.</summary>
    public string Description => (Rows, Scores) switch
    {
        (null, null) => "leave rows and scores as they are",
        ({ } rows, null) => rows.Info.Description,
        (null, { } scores) => scores.Info.Description,
        ({ } rows, { } scores) => $"{rows.Info.Description}; then {scores.Info.Description}",
    };

    /// <summary>Values of all its parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters => new SortedDictionary<string, string>(
        (Rows?.Parameters ?? new Dictionary<string, string>()).Concat(Scores?.Parameters ?? new Dictionary<string, string>())
            .ToDictionary(entry => entry.Key, entry => entry.Value),
        StringComparer.Ordinal);
}
