namespace ModalityGap.Selection;

/// <summary>The rule by which one candidate is taken.</summary>
internal static class ChoiceRule
{
    /// <summary>The rule in words.</summary>
    public const string InWords =
        "Of the candidates that may be deployed and lose neither R@1 nor R@10 of a plain search beyond doubt (paired 95 % interval below zero), take the one "
        + "with the highest hit@1 at its worst share; then the simplest that falls short of it by no more than one standard error of the paired difference. "
        + "Doing nothing is the simplest. Nothing is advised unless the whole procedure beats doing nothing beyond its interval.";

    /// <summary>The index of the one that is taken.</summary>
    /// <param name="candidates">The simplest first; the first does nothing.</param>
    /// <param name="numbers">What each gave, <c>null</c> where it could not be fitted.</param>
    public static int Pick(IReadOnlyList<Candidate> candidates, IReadOnlyList<SearchNumbers?> numbers)
    {
        int best = Best(candidates, numbers);
        for (int k = 0; k < best; k++)
            if (May(candidates, numbers, k) && IsWithinOneStandardError(numbers[best]!.Goal.Less(numbers[k]!.Goal)))
                return k;
        return best;
    }

    // The one-standard-error rule of Breiman et al., Classification and Regression Trees, 1984.
    private static bool IsWithinOneStandardError(Replicated shortfall) => shortfall.Value <= shortfall.StandardError();

    /// <summary>The one with the highest number, be it by chance.</summary>
    public static int Best(IReadOnlyList<Candidate> candidates, IReadOnlyList<SearchNumbers?> numbers)
    {
        int best = 0;
        for (int k = 1; k < candidates.Count; k++)
            if (May(candidates, numbers, k) && numbers[k]!.Goal.Value > numbers[best]!.Goal.Value)
                best = k;
        return best;
    }

    private static bool May(IReadOnlyList<Candidate> candidates, IReadOnlyList<SearchNumbers?> numbers, int k) =>
        !candidates[k].IsPlacebo && numbers[k] is { } own && (k == 0 || !own.LosesPlainRecall(numbers[0]!));
}
