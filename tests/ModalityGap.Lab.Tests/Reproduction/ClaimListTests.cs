using ModalityGap.Lab.Reproduction;

namespace ModalityGap.Lab.Tests.Reproduction;

public sealed class ClaimListTests
{
    /// <summary>Experiments that claims wait for; entered in the catalogue they leave this list.</summary>
    [Fact]
    public void All_EachClaim_IsSettledByAnExperimentOrSaysWhatItNeeds()
    {
        Assert.All(ClaimList.All, claim => Assert.True(claim.Experiment is null != claim.Needs is null, claim.Id));
        string[] named = [.. ClaimList.All.Select(claim => claim.Experiment).OfType<string>().Distinct()];
        Assert.Equal(named.Order(), ExperimentCatalog.All.Select(experiment => experiment.Id).Order());
    }

    [Fact]
    public void All_IdsAndNamesOfNumbers_AreUnique()
    {
        Assert.Equal(ClaimList.All.Count, ClaimList.All.Select(claim => claim.Id).Distinct().Count());
        Assert.All(ClaimList.All, claim => Assert.Equal(claim.Published.Count, claim.Published.Select(one => one.Name).Distinct().Count()));
    }

    [Fact]
    public void All_FiguresTablesAndTheorems_AreThere()
    {
        string[] places = [.. ClaimList.All.Select(claim => claim.Where)];
        foreach (string place in (string[])["Figure 1", "Figure 2(a)", "Figure 2(b)", "Figure 2(c)", "Figure 3(a)", "Figure 3(b)", "Figure 3(d)",
            "Figure 3(e-g)",
            "Table 1", "Table 2", "Table 3", "Table 4", "Table 5", "Theorem 1", "Lemma 3", "Theorems 2 and 4", "Section 2.1", "Section 2.3",
                "Section 4.4", "Abstract"])
            Assert.Contains(places, one => one.StartsWith(place, StringComparison.Ordinal));
        foreach (int figure in (int[])[4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16])
            Assert.Contains(places, one => one.Contains($"upplementary Figure {figure}", StringComparison.Ordinal));
    }

    [Fact]
    public void Board_WithoutResults_SaysOfEveryClaimWhatIsToBeDone()
    {
        ClaimOverview board = ClaimBoard.Of([]);

        Assert.Equal(ClaimList.All.Count, board.Claims.Count);
        Assert.All(board.Claims, claim => Assert.True(claim.Status is ClaimStatus.Needs or ClaimStatus.NotYetRun && claim.Remark.Length > 10, claim.Id));
    }
}
