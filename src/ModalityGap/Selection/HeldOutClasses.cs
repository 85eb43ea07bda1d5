using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Evaluation;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>
/// Classifies the rows of the first modality of each outer fold, with what was picked without that fold and without any correction. What a correction does to
/// scores takes no part: a classifier compares the rows.
/// </summary>
internal sealed class HeldOutClasses(IReadOnlyList<Candidate> candidates, NestedOutcome outcome, long seed, WorkContext work)
{
    private const string Describes = "describes these predictions";

    private readonly List<double> before = [], after = [];
    private readonly Dictionary<string, (int Label, int Before, int After)> counts = [];

    /// <summary>What happened, or <c>null</c> where items have no labels, or labels that nothing can be classified by.</summary>
    /// <param name="random">The resampling of items.</param>
    /// <param name="missing">Why there is nothing although there are labels.</param>
    public ZeroShotTrial? Judge(RandomStream random, out string? missing)
    {
        missing = null;
        if (outcome.Parts.Any(part => part.First.Names.Labels is null))
            return null;
        try
        {
            Judge(outcome.Parts[0], outcome.Parts[1], outcome.Picks[0]);
            Judge(outcome.Parts[1], outcome.Parts[0], outcome.Picks[1]);
        }
        catch (EmbeddingDataException fault)
        {
            // One class only, or texts of a class that cancel out. The choice stands without it.
            missing = fault.Message;
            return null;
        }
        if (before.Count > 0)
            return Result(random);
        missing = "No label stands in both halves of the items: give labels that several items share.";
        return null;
    }

    private void Judge(SearchProblem judged, SearchProblem learned, int pick)
    {
        IReadOnlyList<string> labels = learned.First.Names.Labels!;
        HashSet<string> known = [.. labels];
        int[] items = [.. Enumerable.Range(0, judged.Items).Where(item => known.Contains(judged.First.Names.Labels![item]))];
        if (items.Length == 0)
            return;
        UnitEmbeddings rows = judged.First.Select(items);
        string[] own = [.. items.Select(item => judged.First.Names.Labels![item])];
        FittedCorrection? fitted = new CandidateFitting(learned, seed, work).Fit(candidates[pick]);
        ClassTexts texts = ClassTexts.Of(learned.Second, labels);
        ZeroShot raw = ZeroShot.Classify(rows, texts, texts.IndicesOf(own, rows.Provenance.Source), work);
        ZeroShot corrected = fitted is null ? raw : Corrected(fitted, rows, own, learned);
        before.AddRange(raw.Hits);
        after.AddRange(corrected.Hits);
        for (int i = 0; i < items.Length; i++)
        {
            Count(own[i], (1, 0, 0));
            Count(texts.Names[raw.Predicted[i]], (0, 1, 0));
            Count(texts.Names[corrected.Predicted[i]], (0, 0, 1));
        }
        foreach (string name in texts.Names)
            Count(name, default);
    }

    private ZeroShot Corrected(FittedCorrection fitted, UnitEmbeddings rows, string[] own, SearchProblem learned)
    {
        UnitEmbeddings asking = fitted.Apply(RowRole.Queries(rows.Modality), rows, work);
        ClassTexts texts = ClassTexts.Of(fitted.Apply(RowRole.Documents(learned.Second.Modality), learned.Second, work), learned.First.Names.Labels!);
        return ZeroShot.Classify(asking, texts, texts.IndicesOf(own, rows.Provenance.Source), work);
    }

    private void Count(string name, (int Label, int Before, int After) more)
    {
        (int Label, int Before, int After) count = counts.GetValueOrDefault(name);
        counts[name] = (count.Label + more.Label, count.Before + more.Before, count.After + more.After);
    }

    private ZeroShotTrial Result(RandomStream random)
    {
        double[] difference = [.. after.Zip(before, (with, without) => with - without)];
        IReadOnlyList<Estimate> means = Bootstrap.Means([[.. after], difference], random);
        return new ZeroShotTrial
        {
            Classes = counts.Count,
            Items = before.Count,
            Top1 = new ComparedEstimate(means[0], means[1]),
            PredictedGiniBefore = Gini(count => count.Before),
            PredictedGini = Gini(count => count.After),
            LabelGini = Gini(count => count.Label),
        };

        Estimate Gini(Func<(int Label, int Before, int After), int> of) =>
            Estimate.Exact(Hubness.Gini([.. counts.Values.Select(count => (double)of(count))]), Describes, before.Count);
    }
}
