using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Comparisons;

namespace ModalityGap.Cli.Arguments;

/// <summary>The limits of a check.</summary>
internal sealed class CriteriaFlags
{
    private readonly Option<double?> maxGap = NumberOption.Real("--max-gap", "Fail if the debiased gap is larger.", 0, 2);

    private readonly Option<double?> minRecall = NumberOption.Real("--min-recall", "Fail if R@1 is lower in either direction of search.", 0, 1);

    private readonly Option<double?> maxDrift = NumberOption.Real("--max-drift", "Fail if the debiased gap moved farther from the baseline's.", 0, 2);

    private readonly Option<double?> maxRecallDrop = NumberOption.Real(
        "--max-recall-drop", "Fail if R@1 fell farther below the baseline's in either direction.", 0, 1);

    private readonly Option<bool> strict = new("--strict") { Description = "Fail unless the whole 95 % interval is within the limit." };

    private readonly Option<bool> lenient = new("--lenient") { Description = "Fail only if the whole 95 % interval is beyond the limit." };

    public CriteriaFlags(Command command)
    {
        foreach (Option option in (Option[])[maxGap, minRecall, maxDrift, maxRecallDrop, strict, lenient])
            command.Options.Add(option);
    }

    /// <exception cref="UsageException">Both rules were given, or a limit lacks its baseline.</exception>
    public CheckCriteria Of(ParseResult parsed, bool hasBaseline)
    {
        if (parsed.GetValue(strict) && parsed.GetValue(lenient))
            throw new UsageException("--strict and --lenient contradict each other; give one of them.");
        var criteria = new CheckCriteria
        {
            MaxGap = parsed.GetValue(maxGap),
            MinRecall = parsed.GetValue(minRecall),
            MaxDrift = parsed.GetValue(maxDrift),
            MaxRecallDrop = parsed.GetValue(maxRecallDrop),
            Rule = parsed.GetValue(strict) ? CheckRule.Strict : parsed.GetValue(lenient) ? CheckRule.Lenient : CheckRule.Estimate,
        };
        if (!criteria.NeedBaseline || hasBaseline)
            return criteria;
        string limit = (criteria.MaxDrift is null ? maxRecallDrop : maxDrift).Name;
        throw new UsageException($"{limit} needs --baseline FILE, which modgap check --write-baseline makes.");
    }
}
