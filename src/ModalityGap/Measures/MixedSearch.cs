using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Measures;

/// <summary>
/// Search in galleries that hold one document per item, of the first modality for a share r of the items and of the second for the rest.
/// The right document may be of either, so no filter by modality helps; what hurts is that one modality outranks the other as a whole.
/// </summary>
internal static class MixedSearch
{
    /// <summary>The shares r.</summary>
    public static readonly double[] Shares = [0, 0.25, 0.5, 0.75, 1];

    /// <summary>Random galleries per share.</summary>
    public const int Galleries = 100;

    private const int Depth = 10;

    /// <summary>The definition for <c>modgap explain mixed-search</c>.</summary>
    public static MeasureInfo Info { get; } = new()
    {
        Id = "mixed-search",
        Name = "Mixed search",
        Definition = "Search in a gallery with one document per item, of one modality for a share r of the items and of the other for the rest; the right document may be of either.",
        Formula = "hit@k = share of queries whose own item's document ranks within k; loss from mixing = r·hit@1(1) + (1 - r)·hit@1(0) - hit@1(r) at the worst r",
        Range = "[0, 1]",
        Direction = Direction.HigherIsBetter,
        Reading = "The worst share is the headline. If hit@1 sags between r = 0 and r = 1, one modality outranks the other because of the gap. The controls put all documents "
            + "of one modality first: a correction must beat them. With one right document per query, NDCG@10 is 1/log2(1 + rank).",
        Reference = "Li et al., GR-CLIP and MixBench, arXiv 2507.19054; NDCG with the ideal over all relevant documents",
    };

    /// <summary>Query-wise results of one way of ranking: [share][query].</summary>
    internal sealed record Arm(double[][] HitAt1, double[][] HitAt10, double[][] ReciprocalRank, double[][] Ndcg, double[][] FirstShare)
    {
        public static Arm Empty(int queries) => new(Table(queries), Table(queries), Table(queries), Table(queries), Table(queries));

        /// <summary>The queries of both.</summary>
        public static Arm Join(Arm a, Arm b)
        {
            return new Arm(
                Both(a.HitAt1, b.HitAt1),
                Both(a.HitAt10, b.HitAt10),
                Both(a.ReciprocalRank, b.ReciprocalRank),
                Both(a.Ndcg, b.Ndcg),
                Both(a.FirstShare, b.FirstShare));

            static double[][] Both(double[][] a, double[][] b) => [.. a.Zip(b, (left, right) => (double[])[.. left, .. right])];
        }

        private static double[][] Table(int queries) => Array.ConvertAll(Shares, _ => new double[queries]);

        public void Add(int share, int query, long rank)
        {
            HitAt1[share][query] += rank == 1 ? 1 : 0;
            HitAt10[share][query] += rank <= Depth ? 1 : 0;
            ReciprocalRank[share][query] += 1.0 / rank;
            Ndcg[share][query] += rank <= Depth ? 1 / Math.Log2(1 + rank) : 0;
        }

        // Counts are exact; a sum of hundredths is not.
        public void Divide(int share, int query, int galleries)
        {
            foreach (double[][] sums in (double[][][])[HitAt1, HitAt10, ReciprocalRank, Ndcg, FirstShare])
                sums[share][query] /= galleries;
        }
    }

    /// <summary>Ranking by cosine, and the two controls.</summary>
    internal sealed record Arms(Arm Raw, Arm FirstFirst, Arm SecondFirst);

    /// <summary>Ranks every item's query in all galleries.</summary>
    /// <param name="queries">One row per item.</param>
    /// <param name="first">The items' documents of the first modality.</param>
    /// <param name="second">The items' documents of the second modality.</param>
    /// <param name="random">The randomness of the galleries.</param>
    /// <param name="work">Threads.</param>
    public static Arms Evaluate(RowMatrix queries, RowMatrix first, RowMatrix second, RandomStream random, WorkContext work)
    {
        int n = queries.Rows;
        MixedGallery[][] galleries = Array.ConvertAll(Shares, share => MixedGallery.Draw(n, share, Galleries, random));
        var arms = new Arms(Arm.Empty(n), Arm.Empty(n), Arm.Empty(n));
        RowScores.ForEachRow(queries, [first, second], work, (i, scores) => new Query(i, scores[0], scores[1]).Rank(galleries, arms));
        return arms;
    }

    /// <summary>The table with intervals.</summary>
    public static MixedSearchTable Tabulate(Arms arms, string query, string first, string second, RandomStream random)
    {
        int n = arms.Raw.HitAt1[0].Length;
        List<MixedSearchRow> raw = Rows(arms.Raw, random.Fork("raw"));
        int worst = Enumerable.Range(0, raw.Count).MinBy(k => raw[k].HitAt1.Value);
        return new MixedSearchTable
        {
            Query = query,
            First = first,
            Second = second,
            Items = n,
            Galleries = Galleries,
            Raw = raw,
            FirstModalityFirst = Rows(arms.FirstFirst, random.Fork("first-first")),
            SecondModalityFirst = Rows(arms.SecondFirst, random.Fork("second-first")),
            WorstShareHitAt1 = raw[worst].HitAt1,
            WorstShare = Shares[worst],
            LossFromMixing = Bootstrap.Means([LossFromMixing(arms.Raw)], random.Fork("loss"))[0],
        };
    }

    /// <summary>Per query, r·hit@1(1) + (1 - r)·hit@1(0) - hit@1(r), at the inner share r where its mean is largest.</summary>
    internal static double[] LossFromMixing(Arm arm)
    {
        double[][] losses = [.. Enumerable.Range(1, Shares.Length - 2).Select(k =>
        {
            double r = Shares[k];
            var loss = new double[arm.HitAt1[k].Length];
            for (int i = 0; i < loss.Length; i++)
                loss[i] = r * arm.HitAt1[^1][i] + (1 - r) * arm.HitAt1[0][i] - arm.HitAt1[k][i];
            return loss;
        })];
        return losses.MaxBy(loss => loss.Average())!;
    }

    /// <summary>Index of the share at which hit@1 is lowest.</summary>
    internal static int WorstShare(Arm arm) => Enumerable.Range(0, Shares.Length).MinBy(k => arm.HitAt1[k].Average());

    private static List<MixedSearchRow> Rows(Arm arm, RandomStream random)
    {
        List<MixedSearchRow> rows = [];
        for (int k = 0; k < Shares.Length; k++)
        {
            IReadOnlyList<Estimate> means = Bootstrap.Means(
                [arm.HitAt1[k], arm.HitAt10[k], arm.ReciprocalRank[k], arm.Ndcg[k], arm.FirstShare[k]], random.Fork("share", k));
            rows.Add(new MixedSearchRow(Shares[k], means[0], means[1], means[2], means[3], means[4]));
        }
        return rows;
    }

    /// <summary>One query: what stands before its document, as sets of items, whatever the gallery.</summary>
    private sealed class Query
    {
        private readonly int item;
        private readonly float[] first, second;
        private readonly ulong[] firstBeforeFirst, secondBeforeFirst, firstBeforeSecond, secondBeforeSecond;
        private readonly (float Score, int Item, bool IsFirst)[] best;

        public Query(int item, float[] first, float[] second)
        {
            this.item = item;
            this.first = first;
            this.second = second;
            firstBeforeFirst = Reaching(first, first[item]);
            secondBeforeFirst = Reaching(second, first[item]);
            firstBeforeSecond = Reaching(first, second[item]);
            secondBeforeSecond = Reaching(second, second[item]);
            best = Best();
        }

        public void Rank(MixedGallery[][] galleries, Arms arms)
        {
            for (int share = 0; share < galleries.Length; share++)
            {
                foreach (MixedGallery gallery in galleries[share])
                {
                    bool isFirst = gallery.IsFirst(item);
                    int sameModality = isFirst ? gallery.CountFirst(firstBeforeFirst) : gallery.CountSecond(secondBeforeSecond);
                    int otherModality = isFirst ? gallery.CountSecond(secondBeforeFirst) : gallery.CountFirst(firstBeforeSecond);
                    arms.Raw.Add(share, item, 1L + sameModality + otherModality);
                    arms.FirstFirst.Add(share, item, 1L + sameModality + (isFirst ? 0 : gallery.OfFirst));
                    arms.SecondFirst.Add(share, item, 1L + sameModality + (isFirst ? gallery.Items - gallery.OfFirst : 0));
                    int depth = Math.Min(Depth, gallery.Items), ofFirst = gallery.OfFirst;
                    arms.Raw.FirstShare[share][item] += (double)FirstAmongBest(gallery, depth) / depth;
                    arms.FirstFirst.FirstShare[share][item] += (double)Math.Min(depth, ofFirst) / depth;
                    arms.SecondFirst.FirstShare[share][item] += (double)Math.Max(0, depth - (gallery.Items - ofFirst)) / depth;
                }
                foreach (Arm arm in (Arm[])[arms.Raw, arms.FirstFirst, arms.SecondFirst])
                    arm.Divide(share, item, galleries[share].Length);
            }
        }

        // The other items whose score reaches the bound, as a set.
        private ulong[] Reaching(float[] scores, float bound)
        {
            var set = new ulong[(scores.Length + 63) / 64];
            for (int j = 0; j < scores.Length; j++)
                if (scores[j] >= bound)
                    set[j >> 6] |= 1UL << j;
            set[item >> 6] &= ~(1UL << item);
            return set;
        }

        // Enough of the best documents of both modalities that a gallery nearly always finds its first ten among them.
        private (float Score, int Item, bool IsFirst)[] Best()
        {
            var lists = new TopLists(2, 96);
            for (int j = 0; j < first.Length; j++)
            {
                if (first[j] >= lists.Bound(0))
                    lists.Offer(0, first[j], j);
                if (second[j] >= lists.Bound(1))
                    lists.Offer(1, second[j], j);
            }
            // Below the higher of the two last scores one list has ended: what follows is not known to be the best.
            float known = MathF.Max(Last(lists, 0, first.Length), Last(lists, 1, second.Length));
            return [.. Enumerable.Range(0, 2)
                .SelectMany(o => Enumerable.Range(0, lists.Count(o)).Select(k => (Score: lists.Score(o, k), Item: lists.Index(o, k), IsFirst: o == 0)))
                .Where(entry => entry.Score >= known)
                .OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Item)];
        }

        private static float Last(TopLists lists, int owner, int available) =>
            lists.Count(owner) == available ? float.NegativeInfinity : lists.Score(owner, lists.Count(owner) - 1);

        private int FirstAmongBest(MixedGallery gallery, int depth)
        {
            int found = 0, ofFirst = 0;
            foreach ((_, int document, bool isFirst) in best)
            {
                if (gallery.IsFirst(document) != isFirst)
                    continue;
                ofFirst += isFirst ? 1 : 0;
                if (++found == depth)
                    return ofFirst;
            }
            return FirstAmongAll(gallery, depth);
        }

        private int FirstAmongAll(MixedGallery gallery, int depth)
        {
            var list = new TopLists(1, depth);
            for (int j = 0; j < first.Length; j++)
                list.Offer(0, gallery.IsFirst(j) ? first[j] : second[j], j);
            int ofFirst = 0;
            for (int k = 0; k < list.Count(0); k++)
                ofFirst += gallery.IsFirst(list.Index(0, k)) ? 1 : 0;
            return ofFirst;
        }
    }
}
