using System.Globalization;
using ModalityGap.Statistics;

namespace ModalityGap.Comparisons;

/// <summary>What a number may be: from a lowest to a highest value.</summary>
/// <param name="Id">The criterion's id.</param>
/// <param name="Limit">The limit as it was given.</param>
/// <param name="Lowest">The lowest value that is allowed.</param>
/// <param name="Highest">The highest value that is allowed.</param>
/// <param name="Subject">What the number is, as a sentence begins: "The gap".</param>
/// <param name="InWords">What is allowed, in words.</param>
internal sealed record Criterion(string Id, double Limit, double Lowest, double Highest, string Subject, string InWords)
{
    public static Criterion MaxGap(double limit) => new("max-gap", limit, double.NegativeInfinity, limit, "The gap", $"at most {Number(limit)} is allowed");

    public static Criterion MinRecall(double limit, string direction) =>
        new("min-recall", limit, limit, double.PositiveInfinity, $"R@1 {direction}", $"at least {Number(limit)} is asked for");

    public static Criterion MaxDrift(double limit) =>
        new("max-drift", limit, -limit, limit, "The gap's drift", $"at most {Number(limit)} either way is allowed");

    public static Criterion MaxRecallDrop(double limit, string direction) =>
        new("max-recall-drop", limit, -limit, double.PositiveInfinity, $"The change of R@1 {direction}", $"a drop of at most {Number(limit)} is allowed");

    /// <summary>Holds a number against the limit.</summary>
    public CriterionResult Judge(string first, string second, string measure, Estimate value, CheckRule rule)
    {
        LimitStanding standing = StandingOf(value);
        bool passed = rule switch
        {
            CheckRule.Strict => standing == LimitStanding.Within,
            CheckRule.Lenient => standing != LimitStanding.Beyond,
            _ => standing is LimitStanding.Within or LimitStanding.WithinByEstimate,
        };
        return new CriterionResult
        {
            Id = Id,
            First = first,
            Second = second,
            Measure = measure,
            Limit = Limit,
            Value = value,
            Passed = passed,
            Standing = standing,
            Sentence = Sentence(value, standing, passed),
        };
    }

    private LimitStanding StandingOf(Estimate value)
    {
        double low = value.Low ?? value.Value, high = value.High ?? value.Value;
        if (IsAllowed(value.Value))
            return IsAllowed(low) && IsAllowed(high) ? LimitStanding.Within : LimitStanding.WithinByEstimate;
        return high < Lowest || low > Highest ? LimitStanding.Beyond : LimitStanding.BeyondByEstimate;
    }

    private bool IsAllowed(double value) => value >= Lowest && value <= Highest;

    private string Sentence(Estimate value, LimitStanding standing, bool passed)
    {
        string number = value is { Low: { } low, High: { } high } ? $"{Number(value.Value)} [{Number(low)}, {Number(high)}]" : Number(value.Value);
        string verdict = (standing, passed) switch
        {
            (LimitStanding.Within, _) => "holds beyond doubt",
            (LimitStanding.Beyond, _) => "fails beyond doubt",
            (LimitStanding.WithinByEstimate, true) => "holds, though part of the interval is beyond",
            (LimitStanding.WithinByEstimate, false) => "fails, for part of the interval is beyond",
            (_, true) => "holds, for part of the interval is within",
            _ => "fails, though part of the interval is within",
        };
        return $"{Subject} is {number}; {InWords}: {verdict}.";
    }

    // Four digits where three would say that a value equals its limit.
    private static string Number(double value) => value.ToString("0.000#", CultureInfo.InvariantCulture);
}
