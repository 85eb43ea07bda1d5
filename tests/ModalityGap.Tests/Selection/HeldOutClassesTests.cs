using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Selection;
using ModalityGap.Statistics;
using ModalityGap.Tests.Samples;

namespace ModalityGap.Tests.Selection;

public sealed class HeldOutClassesTests
{
    private static readonly WorkContext Work = new(2);

    [Fact]
    public void Judge_OfWhatWasPicked_AgreesWithTheSlowTwin()
    {
        SearchProblem problem = Labelled(120, 5, item => $"class {item % 6}", gap: 1);
        NestedOutcome outcome = Outcome(problem);

        ZeroShotTrial trial = new HeldOutClasses(CandidateList.Standard, outcome, 1, Work).Judge(new RandomStream(2), out _)!;

        List<double> before = [], after = [];
        Dictionary<string, double> counts = [];
        foreach ((int judged, int learned) in ((int, int)[])[(0, 1), (1, 0)])
        {
            SearchProblem a = outcome.Parts[judged], b = outcome.Parts[learned];
            var fitted = new CandidateFitting(b, 1, Work).Fit(CandidateList.Standard[outcome.Picks[judged]]);
            before.AddRange(Hits(Rows.All(a.First), Rows.All(b.Second), a, b, null));
            after.AddRange(fitted is null
                ? Hits(Rows.All(a.First), Rows.All(b.Second), a, b, counts)
                : Hits(Rows.All(fitted.ApplyToFirst(a.First)), Rows.All(fitted.ApplyToSecond(b.Second)), a, b, counts));
        }
        Assert.Equal((6, 120), (trial.Classes, trial.Items));
        Assert.Equal(after.Average(), trial.Top1.Value.Value, 1e-12);
        Assert.Equal(after.Average() - before.Average(), trial.Top1.Difference.Value, 1e-12);
        Assert.Equal(Hubness.Gini([.. counts.Values]), trial.PredictedGini.Value, 1e-12);
        Assert.Equal(0, trial.LabelGini.Value, 1e-12);
    }

    [Fact]
    public void Judge_OfLabelsThatTheOtherHalfLacks_LeavesTheseItemsOut()
    {
        SearchProblem problem = Labelled(120, 6, item => item < 4 ? $"alone {item}" : $"class {item % 2}", gap: 0.5);

        ZeroShotTrial trial = new HeldOutClasses(CandidateList.Standard, Outcome(problem), 1, Work).Judge(new RandomStream(2), out _)!;

        Assert.Equal(116, trial.Items);
    }

    [Fact]
    public void Judge_WithoutLabelsOrWithOneClass_ClassifiesNothingAndSaysWhyIfAsked()
    {
        NestedOutcome without = Outcome(SelectionSamples.Make(60, 7)), one = Outcome(Labelled(60, 7, _ => "all the same", gap: 0));

        Assert.Null(new HeldOutClasses(CandidateList.Standard, without, 1, Work).Judge(new RandomStream(2), out string? nothing));
        Assert.Null(nothing);
        Assert.Null(new HeldOutClasses(CandidateList.Standard, one, 1, Work).Judge(new RandomStream(2), out string? missing));
        Assert.Contains("all its rows are of one class", missing, StringComparison.Ordinal);
    }

    private static NestedOutcome Outcome(SearchProblem problem) =>
        new NestedSelection([.. CandidateList.Standard.Take(2)], 1, Work).Run(problem, new RandomStream(3));

    private static SearchProblem Labelled(int items, long seed, Func<int, string> label, double gap)
    {
        SearchProblem problem = SelectionSamples.Make(items, seed, gap: gap);
        var names = new RowNames { Labels = [.. Enumerable.Range(0, items).Select(label)] };
        return problem with { First = UnitEmbeddings.Normalize(Rows.Set(Modality.Image, Rows.All(problem.First)).WithNames(names)) };
    }

    private static IEnumerable<double> Hits(double[][] rows, double[][] texts, SearchProblem judged, SearchProblem learned, Dictionary<string, double>? counts)
    {
        IReadOnlyList<string> labels = learned.First.Names.Labels!;
        (string Name, double[] Text)[] classes = [.. labels.Distinct().Select(name => (
            name, Rows.Unit(Enumerable.Range(0, labels.Count).Where(i => labels[i] == name).Select(i => texts[i]).Aggregate((a, b) => Rows.Plus(a, b, 1)))))];
        for (int i = 0; i < rows.Length; i++)
        {
            string found = classes.MaxBy(one => one.Text.Zip(rows[i], (x, y) => x * y).Sum()).Name;
            if (counts is not null)
                counts[found] = counts.GetValueOrDefault(found) + 1;
            yield return found == judged.First.Names.Labels![i] ? 1 : 0;
        }
    }
}
