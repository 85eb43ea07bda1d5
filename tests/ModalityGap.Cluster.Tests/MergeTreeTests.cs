using System.Text;

namespace ModalityGap.Cluster.Tests;

/// <summary>Parts merge with the same neighbours, in whatever order they come.</summary>
public sealed class MergeTreeTests
{
    [Theory]
    [InlineData(1, "a")]
    [InlineData(2, "(ab)")]
    [InlineData(3, "((ab)c)")]
    [InlineData(5, "(((ab)(cd))e)")]
    [InlineData(6, "(((ab)(cd))(ef))")]
    public void Add_AnyOrder_GivesOneTree(int shards, string tree)
    {
        var random = new Random(1);
        for (int trial = 0; trial < 50; trial++)
        {
            var merged = new MergeTree(shards, (first, second) => [(byte)'(', .. first, .. second, (byte)')']);
            int[] order = [.. Enumerable.Range(0, shards)];
            random.Shuffle(order);
            foreach (int shard in order)
            {
                Assert.Null(merged.Root);
                merged.Add(shard, [(byte)('a' + shard)]);
            }
            Assert.Equal(tree, Encoding.ASCII.GetString(merged.Root!));
            Assert.Equal(shards, merged.Come);
        }
    }

    [Fact]
    public void Add_NoSuchShard_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MergeTree(2, (first, _) => first).Add(2, []));
}
