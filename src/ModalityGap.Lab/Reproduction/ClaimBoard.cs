using ModalityGap.Embeddings;

namespace ModalityGap.Lab.Reproduction;

/// <summary>Where every claim stands, given what has been run.</summary>
internal static class ClaimBoard
{
    public static ClaimOverview Of(IReadOnlyList<ExperimentResult> results)
    {
        // A result of an older version may speak of a claim that another experiment settles by now.
        Dictionary<string, string?> owners = ClaimList.All.ToDictionary(claim => claim.Id, claim => claim.Experiment);
        Dictionary<string, ClaimOutcome> settled = results
            .SelectMany(result => result.Claims.Where(outcome => owners.GetValueOrDefault(outcome.Id) == result.Id))
            .ToDictionary(outcome => outcome.Id);
        return new ClaimOverview
        {
            Tool = ToolVersion.Name,
            // The list's own words, so that a result of an older version shows the claim as it reads now.
            Claims = [.. ClaimList.All.Select(claim => settled.TryGetValue(claim.Id, out ClaimOutcome? outcome)
                ? outcome with { Where = claim.Where, Claim = claim.Says, Published = claim.Published, Experiment = claim.Experiment }
                : Open(claim))],
        };
    }

    private static ClaimOutcome Open(Claim claim) => new()
    {
        Id = claim.Id,
        Where = claim.Where,
        Claim = claim.Says,
        Experiment = claim.Experiment,
        Published = claim.Published,
        Ours = [],
        Status = claim.Needs is null ? ClaimStatus.NotYetRun : ClaimStatus.Needs,
        Remark = claim.Needs
            ?? (ExperimentCatalog.Find(claim.Experiment!) is null
                ? $"The experiment {claim.Experiment} is not built yet."
                : $"Run modgap-lab reproduce {claim.Experiment}."),
    };
}
