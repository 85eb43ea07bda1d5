using ModalityGap.Report.Experiments;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction;

/// <summary>What an experiment found.</summary>
internal sealed record Findings
{
    /// <summary>How each of its claims came out.</summary>
    public required IReadOnlyList<Outcome> Outcomes { get; init; }

    public IReadOnlyList<ResultTable> Tables { get; init; } = [];

    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>What else is to be said, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>How one claim came out.</summary>
/// <param name="Claim">The claim's id.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="Remark">What was seen, and where the numbers differ, who is wrong.</param>
/// <param name="Ours">Our numbers; where a name is that of a published number, they are to be compared.</param>
internal sealed record Outcome(string Claim, ClaimStatus Status, string Remark, params IReadOnlyList<OwnNumber> Ours);

/// <summary>A number of ours.</summary>
/// <param name="Name">What it is; the published number's name where there is one.</param>
/// <param name="Estimate">The number, with its interval.</param>
public sealed record OwnNumber(string Name, Estimate Estimate);
