using ModalityGap.Embeddings;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>How much data a correction needs: fitted on 16, 32, 64, ... items of an outer training part and on all, judged on the other part.</summary>
internal static class FittingCurve
{
    private const int Fewest = 16;

    public static IReadOnlyList<(int Items, SearchNumbers Numbers)> Of(
        Candidate candidate, NestedOutcome outcome, RandomStream random, long seed, WorkContext work)
    {
        (SearchProblem a, SearchProblem b) = (outcome.Parts[0], outcome.Parts[1]);
        int[] orderOfA = random.Fork("order", 0).NextPermutation(a.Items), orderOfB = random.Fork("order", 1).NextPermutation(b.Items);
        List<(int, SearchNumbers)> points = [];
        foreach (int size in Sizes(a.Items))
        {
            try
            {
                SearchOutcome onA = Judge(b, orderOfB, size, a, 0), onB = Judge(a, orderOfA, size, b, 1);
                points.Add((size, SearchNumbers.Of(SearchOutcome.Join(onA, onB), outcome.Resamples)));
            }
            catch (EmbeddingDataException)
            {
                // Too few items to teach it: the curve begins later.
            }
        }
        return points;

        SearchOutcome Judge(SearchProblem learned, int[] order, int size, SearchProblem judged, int part) => SearchJudge.Judge(
            new CandidateFitting(learned.Select([.. order[..size].Order()]), seed, work).Fit(candidate), judged, outcome.Galleries.Fork("part", part), work);
    }

    private static IEnumerable<int> Sizes(int items)
    {
        for (int size = Fewest; size < items; size *= 2)
            yield return size;
        yield return items;
    }
}
