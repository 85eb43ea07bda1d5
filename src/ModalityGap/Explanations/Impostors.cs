using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;

namespace ModalityGap.Explanations;

/// <summary>The closest rows of different items, each row once at most.</summary>
internal static class Impostors
{
    public static IReadOnlyList<ImpostorExample> Of(PairedEmbeddings all, CrossEvidence cross)
    {
        List<ImpostorExample> examples = [];
        HashSet<int> usedFirst = [], usedSecond = [];
        while (examples.Count < PairExamples.Listed && Closest(cross.ImpostorsOfFirst, all.First.Rows, usedFirst, usedSecond) is { } pair)
        {
            usedFirst.Add(pair.First);
            usedSecond.Add(pair.Second);
            examples.Add(new ImpostorExample
            {
                First = ExampleRow.Of(all.First, pair.First),
                Second = ExampleRow.Of(all.Second, pair.Second),
                Cosine = Dot.Float64(all.First.Row(pair.First), all.Second.Row(pair.Second)),
                FirstPartnerCosine = cross.PartnersOfFirst[pair.First],
                FirstPartnerRank = cross.RanksOfFirst[pair.First],
                SecondPartnerCosine = cross.PartnersOfSecond[pair.Second],
                SecondPartnerRank = cross.RanksOfSecond[pair.Second],
            });
        }
        return examples;
    }

    // A list of nine misses nothing: at most seven of its rows can be taken when the eighth pair is looked for.
    private static (int First, int Second)? Closest(TopLists lists, int rows, HashSet<int> usedFirst, HashSet<int> usedSecond)
    {
        (int First, int Second)? best = null;
        float highest = float.NegativeInfinity;
        for (int i = 0; i < rows; i++)
        {
            if (lists.Count(i) == 0 || lists.Score(i, 0) <= highest || usedFirst.Contains(i))
                continue;
            int p = 0;
            while (p < lists.Count(i) && usedSecond.Contains(lists.Index(i, p)))
                p++;
            if (p == lists.Count(i) || lists.Score(i, p) <= highest)
                continue;
            best = (i, lists.Index(i, p));
            highest = lists.Score(i, p);
        }
        return best;
    }
}
