using ModalityGap.Embeddings;

namespace ModalityGap.Tests.Embeddings;

public sealed class RowNamesTests
{
    private static readonly EmbeddingSet Three = new(Modality.Image, [1, 0, 0, 1, 3, 4], 2, names: new RowNames
    {
        Ids = ["a", "b", "c"],
        Labels = ["cat", "dog", "cat"],
        Captions = ["two cats", "", "a cat"],
    });

    [Fact]
    public void Select_Rows_TakesEveryNameAlong()
    {
        EmbeddingSet chosen = Three.Select([2, 0]);

        Assert.Equal(["c", "a"], chosen.Ids!);
        Assert.Equal(["cat", "cat"], chosen.Labels!);
        Assert.Equal(["a cat", "two cats"], chosen.Captions!);
    }

    [Fact]
    public void Select_Twice_KnowsWhereARowWasRead()
    {
        EmbeddingSet chosen = Three.Select([2, 0]).Select([1, 0]);

        Assert.Equal([0, 2], new[] { chosen.Names.PositionOf(0), chosen.Names.PositionOf(1) });
        Assert.Equal(1, Three.Names.PositionOf(1));
        Assert.Null(Three.Names.Positions);
    }

    [Fact]
    public void Names_OfASet_OutliveEveryStep()
    {
        UnitEmbeddings rows = UnitEmbeddings.Normalize(Three.As(Modality.Text));

        Assert.Equal(Three.Names, rows.Names);
        Assert.Equal(Three.Names, rows.WithVectors([1, 1, 1, 2, 1, 3]).Names);
        Assert.Equal(["", "a cat"], rows.Select([1, 2]).Captions!);
        Assert.Equal(["x", "y", "z"], Three.WithIds(["x", "y", "z"]).Ids!);
        Assert.Equal(Three.Captions, Three.WithIds(["x", "y", "z"]).Captions);
    }

    [Fact]
    public void Align_LeavesOutRows_ButTheRestKnowTheirPositions()
    {
        EmbeddingSet other = new(Modality.Text, [0, 1, 1, 0, 1, 1], 2, names: new RowNames { Ids = ["c", "x", "a"] });

        UnitEmbeddings kept = Alignment.Of([Three, other]).Modalities[0];

        Assert.Equal(["two cats", "a cat"], kept.Captions!);
        Assert.Equal([0, 2], kept.Names.Positions!);
    }

    [Fact]
    public void Names_OfAnotherNumberOfRows_AreRefused()
    {
        foreach (RowNames wrong in (RowNames[])[new() { Ids = ["a"] }, new() { Labels = ["a"] }, new() { Captions = ["a"] }, new() { Positions = [1] }])
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(() => new EmbeddingSet(Modality.Image, [1, 2], 1, names: wrong));
            Assert.Contains("1 entries for 2 rows.", refused.Message, StringComparison.Ordinal);
        }
    }
}
