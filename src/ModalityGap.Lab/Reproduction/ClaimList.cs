using System.Text.Json;

namespace ModalityGap.Lab.Reproduction;

/// <summary>Every claim, in the order of the paper, then the later works.</summary>
internal static class ClaimList
{
    public static IReadOnlyList<Claim> All { get; } = Read();

    /// <summary>The claims that an experiment settles.</summary>
    public static IEnumerable<Claim> Of(string experiment) => All.Where(claim => claim.Experiment == experiment);

    private static IReadOnlyList<Claim> Read()
    {
        using Stream stream = typeof(ClaimList).Assembly.GetManifestResourceStream("claims.json")
            ?? throw new InvalidOperationException("The assembly lacks its resource claims.json.");
        return JsonSerializer.Deserialize(stream, ReproductionJsonContext.Default.ClaimFile)!.Claims;
    }
}
