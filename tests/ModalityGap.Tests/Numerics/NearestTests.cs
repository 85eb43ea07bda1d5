using FsCheck;
using FsCheck.Fluent;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Tests.Samples;
using ModalityGap.Tests.SlowTwins;

namespace ModalityGap.Tests.Numerics;

public sealed class NearestTests
{
    [Theory]
    [MemberData(nameof(PairSamples.Names), MemberType = typeof(PairSamples))]
    public void Lists_AgainstSortingEverything_AreTheSame(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        int n = pairs.Items;
        var visitor = new NearestVisitor(n, n, 10, withColumns: true);
        TileSweep.Run(Rows.Matrix(pairs.First), Rows.Matrix(pairs.Second), new WorkContext(2), visitor);
        double[,] cosines = SlowCosines.TableInFloat32(pairs.First, pairs.Second);
        for (int i = 0; i < n; i++)
        {
            AssertList(visitor.Rows, i, [.. Enumerable.Range(0, n).Select(j => cosines[i, j])]);
            AssertList(visitor.Columns, i, [.. Enumerable.Range(0, n).Select(j => cosines[j, i])]);
        }
    }

    [Theory]
    [InlineData("duplicates")]
    [InlineData("one column more than a strip")]
    public void Nearest_WithinAModality_LeaveTheRowItselfOut(string sample)
    {
        PairedEmbeddings pairs = PairSamples.Of(sample);
        WithinEvidence within = Rows.Evidence(pairs).WithinFirst;
        double[,] cosines = SlowCosines.TableInFloat32(pairs.First, pairs.First);
        for (int i = 0; i < pairs.Items; i++)
            Assert.Equal(
                Enumerable.Range(0, pairs.Items).Where(j => j != i).Select(j => (float)cosines[i, j]).OrderDescending().Take(10),
                within.Nearest(i).Select(entry => entry.Score));
    }

    [Fact]
    public void TopLists_OfAnyOffers_KeepTheBestAndAtTiesTheLowestIndex() => Prop.ForAll(
        ArbMap.Default.ArbFor<(sbyte[], byte)>(),
        input =>
        {
            (sbyte[] scores, byte size) = input;
            int k = 1 + size % 12;
            var whole = new TopLists(1, k);
            var parts = new TopLists(2, k);
            var merged = new TopLists(1, k);
            for (int j = 0; j < scores.Length; j++)
            {
                whole.Offer(0, scores[j] / 8, j);
                parts.Offer(j % 2, scores[j] / 8, j);
            }
            merged.Merge(0, parts, 1);
            merged.Merge(0, parts, 0);
            int[] expected = [.. Enumerable.Range(0, scores.Length).OrderByDescending(j => scores[j] / 8).ThenBy(j => j).Take(k)];
            return Indices(whole).SequenceEqual(expected) && Indices(merged).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<int> Indices(TopLists lists) => Enumerable.Range(0, lists.Count(0)).Select(p => lists.Index(0, p));

    private static void AssertList(TopLists lists, int owner, double[] scores)
    {
        int[] expected = [.. Enumerable.Range(0, scores.Length).OrderByDescending(j => scores[j]).ThenBy(j => j).Take(10)];
        Assert.Equal(expected, Enumerable.Range(0, lists.Count(owner)).Select(p => lists.Index(owner, p)));
        Assert.Equal(expected.Select(j => (float)scores[j]), Enumerable.Range(0, lists.Count(owner)).Select(p => lists.Score(owner, p)));
    }
}
