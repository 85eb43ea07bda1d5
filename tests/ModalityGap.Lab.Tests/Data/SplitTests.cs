using ModalityGap.Lab.Data;

namespace ModalityGap.Lab.Tests.Data;

public sealed class SplitTests
{
    [Theory]
    [InlineData(200, 3, 0.1)]
    [InlineData(37, 2, 0.5)]
    [InlineData(50, 1, 0.1)]
    [InlineData(50, 3, 0)]
    public void Draw_AnySet_IsDisjointAndCovers(int items, int styles, double share)
    {
        ImageTextSet set = Set(items, styles);

        DataSplit split = DataSplit.Draw(set, new SplitOptions { UnseenItems = share });

        int[] all = [.. split.Train, .. split.UnseenStyle, .. split.UnseenItems, .. split.UnseenBoth];
        Assert.Equal(Enumerable.Range(0, items * styles), all.Order());
        int unseen = (int)Math.Round(items * share, MidpointRounding.AwayFromZero);
        Assert.Equal(unseen * Math.Max(1, styles - 1), split.UnseenItems.Count);
        Assert.Equal(styles == 1 ? 0 : unseen, split.UnseenBoth.Count);
        Assert.Equal(styles == 1 ? 0 : items - unseen, split.UnseenStyle.Count);
    }

    [Fact]
    public void Draw_Training_SeesNeitherTheStyleNorTheItems()
    {
        ImageTextSet set = Set(100, 3);

        DataSplit split = DataSplit.Draw(set, new SplitOptions { UnseenStyle = "style 1" });

        Assert.DoesNotContain(split.Train, picture => set.Images[picture].Style == 1);
        Assert.All(split.UnseenStyle.Concat(split.UnseenBoth), picture => Assert.Equal(1, set.Images[picture].Style));
        int[] seen = [.. split.Train.Select(picture => set.Images[picture].Item).Distinct()];
        Assert.DoesNotContain(split.UnseenItems.Concat(split.UnseenBoth), picture => seen.Contains(set.Images[picture].Item));
    }

    [Fact]
    public void Draw_SameSeed_GivesTheSameSplitAndAnotherSeedAnother()
    {
        ImageTextSet set = Set(100, 2);

        DataSplit first = DataSplit.Draw(set), again = DataSplit.Draw(set), other = DataSplit.Draw(set, new SplitOptions { Seed = 1 });

        Assert.Equal(first.UnseenItems, again.UnseenItems);
        Assert.NotEqual(first.UnseenItems, other.UnseenItems);
        // Drawn again by a second implementation of the stream, in Python.
        Assert.Equal([20, 32, 46, 96, 106, 110, 154, 184, 186, 198], first.UnseenItems);
    }

    [Fact]
    public void Draw_ItemsOfOneName_StayTogether()
    {
        ImageTextSet set = Set(60, 1, item => $"name {item / 3}");

        DataSplit split = DataSplit.Draw(set, new SplitOptions { UnseenItems = 0.2 });

        Assert.Equal(12, split.UnseenItems.Count);
        Assert.All(split.UnseenItems.GroupBy(picture => picture / 3), group => Assert.Equal(3, group.Count()));
    }

    [Fact]
    public void Draw_ItemsThatSharePicturesInAChain_StayTogether()
    {
        // The second picture of an item is the first one of the next, but for each third; so items 3k, 3k + 1 and 3k + 2 hang together.
        ImageTextSet set = Set(60, 2, null, i => i % 2 == 1 && i / 2 % 3 < 2 ? [(byte)(i + 1), 0, 0] : [(byte)i, 0, 0]);

        DataSplit split = DataSplit.Draw(set, new SplitOptions { UnseenItems = 0.2 });

        Assert.Equal(12, split.UnseenItems.Count);
        Assert.All(split.UnseenItems.GroupBy(picture => picture / 6), group => Assert.Equal(3, group.Count()));
    }

    [Fact]
    public void Draw_UnknownStyle_IsRefusedWithTheStylesThatThereAre()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => DataSplit.Draw(Set(4, 2), new SplitOptions { UnseenStyle = "apple" }));

        Assert.Contains("style 0, style 1", fault.Message, StringComparison.Ordinal);
    }

    private static ImageTextSet Set(int items, int styles, Func<int, string>? name = null, Func<int, byte[]>? pixels = null) => new(
        "set",
        [.. Enumerable.Range(0, items).Select(i => new ImageTextItem { Id = $"{i}", Texts = [name?.Invoke(i) ?? $"name {i}"] })],
        [.. Enumerable.Range(0, styles).Select(s => $"style {s}")],
        [.. Enumerable.Range(0, items * styles).Select(i => new ImageRow(i / styles, i % styles))],
        [.. Enumerable.Range(0, items * styles).Select(i => pixels?.Invoke(i) ?? [(byte)i, (byte)(i >> 8), 0])],
        1);
}
