using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Explanations;

public sealed class GroupSlicesTests
{
    [Fact]
    public void Of_TwoGroups_MeasuresEachAsIfItWereAlone()
    {
        PairedEmbeddings pairs = Rows.Cones(60, 10, 21);
        PairEvidence evidence = Rows.Evidence(pairs);
        string[] groups = [.. Enumerable.Range(0, 60).Select(item => item % 3 == 0 ? "rare" : "common")];
        IReadOnlyList<GroupSlice> slices = GroupSlices.Of(evidence, groups);
        Assert.Equal([("common", 40), ("rare", 20)], slices.Select(slice => (slice.Name, slice.Items)));
        foreach (GroupSlice slice in slices)
        {
            int[] items = [.. Enumerable.Range(0, 60).Where(item => groups[item] == slice.Name)];
            Dictionary<string, Measurement> alone = Rows.Measure(pairs.Select(items));
            Assert.Equal(alone["gap"].Estimate!.Value, slice.Gap.Value, 1e-9);
            Assert.Equal(alone["matched-cosine-mean"].Estimate!.Value, slice.MatchedCosine.Value, 1e-9);
            Assert.Equal(items.Average(item => evidence.Cross.RanksOfFirst[item] == 1 ? 1.0 : 0), slice.RecallFirstToSecond.Value, 1e-12);
            Assert.Equal(items.Average(item => evidence.Cross.RanksOfSecond[item] == 1 ? 1.0 : 0), slice.RecallSecondToFirst.Value, 1e-12);
            Assert.True(slice.RecallSecondToFirst is { Low: { } low, High: { } high } && low <= slice.RecallSecondToFirst.Value && high >= slice.RecallSecondToFirst.Value);
        }
    }

    [Fact]
    public void Of_SeveralTextsAnItem_CountsItemsNotRows()
    {
        PairedEmbeddings pairs = Rows.Captioned(30, 8, 22, 1, 4);
        PairEvidence evidence = Rows.Evidence(pairs);
        string[] groups = [.. Enumerable.Range(0, 30).Select(item => item < 12 ? "a" : "b")];
        GroupSlice slice = GroupSlices.Of(evidence, groups).Single(one => one.Name == "a");
        double expected = Enumerable.Range(0, 12).Average(item => pairs.RowsOfSecond[item].Average(row => evidence.Cross.RanksOfSecond[row] == 1 ? 1.0 : 0));
        Assert.Equal(expected, slice.RecallSecondToFirst.Value, 1e-12);
        Assert.Equal(12, slice.RecallSecondToFirst.Count);
    }

    [Fact]
    public void Of_GroupsTooSmallOrOne_TellsNothing()
    {
        PairEvidence evidence = Rows.Evidence(Rows.Cones(20, 6, 23));
        Assert.Empty(GroupSlices.Of(evidence, null));
        Assert.Empty(GroupSlices.Of(evidence, [.. Enumerable.Repeat("all", 20)]));
        Assert.Empty(GroupSlices.Of(evidence, [.. Enumerable.Range(0, 20).Select(item => item < 17 ? "all" : "few")]));
    }

    [Fact]
    public void Run_WithGroups_FollowsRowsThatWereLeftOut()
    {
        PairedEmbeddings cones = Rows.Cones(40, 8, 24);
        double[][] x = Rows.All(cones.First), y = Rows.All(cones.Second);
        x[0] = new double[8];
        string[] words = [.. Enumerable.Range(0, 40).Select(item => item < 11 ? "early" : "late")];
        AnalysisResult result = GapAnalysis.Run(
            [Rows.Set(Modality.Image, x), Rows.Set(Modality.Text, y)], new AnalysisOptions { SkipInvalid = true, Groups = new RowWords("groups.txt", words) });
        Assert.Equal([("late", 29), ("early", 10)], result.Pairs[0].Groups!.Select(slice => (slice.Name, slice.Items)));
    }

    [Fact]
    public void Run_WithAGroupTooFew_NamesBothNumbers()
    {
        PairedEmbeddings cones = Rows.Cones(20, 8, 25);
        EmbeddingDataException fault = Assert.Throws<EmbeddingDataException>(() => GapAnalysis.Run(
            [Rows.Set(Modality.Image, Rows.All(cones.First)), Rows.Set(Modality.Text, Rows.All(cones.Second))],
            new AnalysisOptions { Groups = new RowWords("groups.txt", [.. Enumerable.Repeat("a", 19)]) }));
        Assert.Contains("groups.txt", fault.Message, StringComparison.Ordinal);
        Assert.Contains("19", fault.Message, StringComparison.Ordinal);
        Assert.Contains("20", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithLabelsThatAreNames_MakesNoGroups()
    {
        PairedEmbeddings cones = Rows.Cones(40, 8, 26);
        EmbeddingSet Named(Func<int, string> label) =>
            Rows.Set(Modality.Image, Rows.All(cones.First)).WithNames(new RowNames { Labels = [.. Enumerable.Range(0, 40).Select(label)] });
        EmbeddingSet texts = Rows.Set(Modality.Text, Rows.All(cones.Second));
        Assert.Null(GapAnalysis.Run([Named(row => $"name {row}"), texts]).Pairs[0].Groups);
        Assert.Equal(4, GapAnalysis.Run([Named(row => $"class {row % 4}"), texts]).Pairs[0].Groups!.Count);
    }
}
