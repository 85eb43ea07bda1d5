using ModalityGap.Embeddings;
using ModalityGap.Explanations;
using ModalityGap.Measures;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Explanations;

/// <summary>The landscape, whose shifts all share one product, against rows that were really moved.</summary>
public sealed class LandscapeTests
{
    public static TheoryData<string> Conventions { get; } = ["both", "first-only", "second-only"];

    [Theory]
    [InlineData("seventeen items")]
    [InlineData("one row more than a tile")]
    [InlineData("one column more than a strip")]
    [InlineData("a narrow gap")]
    [InlineData("opposite cones")]
    [InlineData("two items")]
    public void Steps_AgainstMovedRows_Agree(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        AssertSteps(pairs, sample, Tolerance.Digits(5));
    }

    [Fact]
    public void Steps_OfNearlyCollapsedRows_Agree() => AssertSteps(PairSamples.Collapsed(70, 40), "collapsed", Tolerance.Digits(4));

    [Fact]
    public void Steps_OfTheUnmovedRows_AreTheMeasuresThemselves()
    {
        PairedEmbeddings pairs = Rows.Cones(64, 12, 81);
        PairEvidence evidence = Rows.Evidence(pairs);
        LandscapeResult landscape = Landscape.Compute(evidence);
        Dictionary<string, Measurement> measures = Rows.Measure(pairs);
        foreach (LandscapeFamily family in landscape.Families)
        {
            LandscapeStep step = family.Steps[Landscape.Unshifted];
            Assert.Equal(0, step.Distance);
            // The shift sets rows to norm 1 in float64, which float32 rows are not quite.
            new Tolerance(1e-8, 0).Check(measures["gap"].Estimate!.Value, step.SignedDistance, "gap");
            Tolerance.Digits(6).Check(measures["clip-loss/image-to-text/0.01"].Estimate!.Value, step.Full[0].FirstToSecond, "loss");
            Tolerance.Bits.Check(measures["recall-at-1/image-to-text"].Estimate!.Value, step.RecallFirstToSecond, "recall");
            Tolerance.Bits.Check(measures["recall-at-1/text-to-image"].Estimate!.Value, step.RecallSecondToFirst, "recall");
        }
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Grid_OfEveryConvention_IsTheAuthors(string convention)
    {
        PairedEmbeddings pairs = Rows.Cones(30, 8, 82);
        LandscapeFamily family = Landscape.Compute(Rows.Evidence(pairs)).Families.Single(candidate => candidate.Convention == convention);
        Assert.Equal(Enumerable.Range(0, 40).Select(k => -5 + 0.25 * k), family.Steps.Select(step => step.Distance));
        // λ: by how many gap vectors each moving modality moves.
        double perDelta = (convention == "both" ? 0.5 : 1) / new SlowLandscape(pairs).Gap;
        foreach (LandscapeStep step in family.Steps)
            Tolerance.Float64.Check(step.Distance * perDelta, step.Fraction, "fraction");
    }

    [Fact]
    public void Steps_OfRowsThatLandOnTheOrigin_HaveNoDirectionLeft()
    {
        // In one dimension x = 1 and y = -1 meet at 0 after δ = 2, where every cosine counts as 0.
        PairedEmbeddings pairs = Rows.Pair([[1], [1], [1]], [[-1], [-1], [-1]]);
        LandscapeFamily both = Landscape.Compute(Rows.Evidence(pairs)).Families[0];
        Assert.All(both.Steps, step => Tolerance.Digits(5).Check(Math.Log(3), step.Full[0].FirstToSecond, $"δ = {step.Distance}"));
        Assert.All(both.Steps, step => Tolerance.Digits(5).Check(Math.Log(3), step.Batched[3].SecondToFirst, $"δ = {step.Distance}"));
        Assert.All(both.Steps, step => Assert.Equal(0, step.RecallFirstToSecond));
        Tolerance.Float64.Check(0, both.Steps[28].SignedDistance, "both at the origin");
        Tolerance.Float64.Check(-2, both.Steps[^1].SignedDistance, "sides changed");
    }

    [Fact]
    public void Compute_WithoutAGap_SaysThatThereIsNoDirection()
    {
        PairedEmbeddings cones = Rows.Cones(20, 6, 83);
        LandscapeResult landscape = Landscape.Compute(Rows.Evidence(Rows.Pair(Rows.All(cones.First), Rows.All(cones.First))));
        Assert.Empty(landscape.Families);
        Assert.Contains("no direction", landscape.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_OfMorePairsThanAllowed_TakesASampleForTheFullLossOnly()
    {
        PairedEmbeddings pairs = Rows.Cones(120, 12, 84);
        LandscapeResult whole = Landscape.Compute(Rows.Evidence(pairs)), sampled = Landscape.Compute(Rows.Evidence(pairs), 60);
        Assert.Equal((120, 120), (whole.Pairs, whole.TotalPairs));
        Assert.Equal((60, 120), (sampled.Pairs, sampled.TotalPairs));
        for (int step = 0; step < 40; step++)
        {
            LandscapeStep all = whole.Families[0].Steps[step], some = sampled.Families[0].Steps[step];
            Assert.Equal(all.Batched, some.Batched);
            Assert.Equal(all.SignedDistance, some.SignedDistance);
            // Half as many competitors: at τ = 1 the loss falls by about log 2.
            Assert.InRange(all.Full[3].Mean - some.Full[3].Mean, 0.5, 0.9);
        }
    }

    private static void AssertSteps(PairedEmbeddings pairs, string sample, Tolerance tolerance)
    {
        var slow = new SlowLandscape(pairs);
        LandscapeResult landscape = Landscape.Compute(Rows.Evidence(pairs));
        Assert.Equal(3, landscape.Families.Count);
        foreach (LandscapeFamily family in landscape.Families)
            foreach (LandscapeStep step in family.Steps)
                AssertStep(slow.At(family.Convention, step.Distance), step, $"{sample}, {family.Convention}, δ = {step.Distance}");

        void AssertStep(SlowLandscape.Point point, LandscapeStep step, string what)
        {
            Tolerance.Float64.Check(point.SignedDistance, step.SignedDistance, $"{what}: distance");
            for (int t = 0; t < Rows.Temperatures.Length; t++)
            {
                double temperature = Rows.Temperatures[t];
                tolerance.Check(point.FirstToSecond(temperature), step.Full[t].FirstToSecond, $"{what}, {temperature}: first to second");
                tolerance.Check(point.SecondToFirst(temperature), step.Full[t].SecondToFirst, $"{what}, {temperature}: second to first");
                tolerance.Check(point.BatchedFirstToSecond(temperature), step.Batched[t].FirstToSecond, $"{what}, {temperature}: batched, first to second");
                tolerance.Check(point.BatchedSecondToFirst(temperature), step.Batched[t].SecondToFirst, $"{what}, {temperature}: batched, second to first");
            }
            Tolerance.Float64.Check(point.Recall(ofFirst: true), step.RecallFirstToSecond, $"{what}: recall");
            Tolerance.Float64.Check(point.Recall(ofFirst: false), step.RecallSecondToFirst, $"{what}: recall");
        }
    }
}
