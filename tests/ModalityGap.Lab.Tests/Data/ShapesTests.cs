using ModalityGap.Lab.Data;
using ModalityGap.Lab.Data.Shapes;

namespace ModalityGap.Lab.Tests.Data;

public sealed class ShapesTests
{
    /// <summary>Changes only in a commit that says why: checkpoints know their data by it.</summary>
    private const string Golden = "f4ee6d0979d084fce41ced582ac51607f1804aa2e9e9d9298f43682d008b06d1";

    [Fact]
    public void Open_Shapes_HasTheSameBytesEverywhere()
    {
        Assert.Equal(Golden, Open(new DataOptions { Side = 32 }).Fingerprint);
        Assert.Equal(Golden, Open(new DataOptions { Side = 32, Threads = 1 }).Fingerprint);
    }

    [Fact]
    public void Open_AnotherSeed_IsAnotherSet() =>
        Assert.NotEqual(Golden, Open(new DataOptions { Side = 32, Seed = 1 }).Fingerprint);

    [Fact]
    public void Open_Shapes_NamesEveryItemOnce()
    {
        ImageTextSet set = Open(new DataOptions { Side = 16 });

        Assert.Equal(480, set.Items.Count);
        Assert.Equal(1440, set.Images.Count);
        Assert.Equal(480, set.Items.Select(item => item.Id).Distinct().Count());
        Assert.Equal(1440, set.Items.SelectMany(item => item.Texts).Distinct().Count());
        Assert.Equal(10, set.Items.Select(item => item.Group).Distinct().Count());
        Assert.Contains(set.Items, item => item.Texts[0] == "a small red circle at the top left on a grey background");
    }

    [Fact]
    public void Open_Shapes_ShowsWhatTheCaptionsSay()
    {
        ImageTextSet set = Open(new DataOptions { Side = 64 });

        for (int i = 0; i < set.Items.Count; i += 7)
        {
            int filled = Painted(set, 3 * i), outlined = Painted(set, 3 * i + 1), striped = Painted(set, 3 * i + 2);
            Assert.True(filled > 20, set.Items[i].Id);
            Assert.True(outlined > 10 && striped > 10, set.Items[i].Id);
        }
        ImageTextItem square = set.Items.First(item => item.Tags.Contains("centre") && item.Tags.Contains("square"));
        ShapeColour colour = ShapeColour.All.Single(one => one.Name == square.Subgroup);
        byte[] pixels = set.Pixels[3 * set.Items.ToList().IndexOf(square)];
        const int centre = 32 * 64 + 32;
        Assert.Equal((colour.Red, colour.Green, colour.Blue), (pixels[centre], pixels[4096 + centre], pixels[8192 + centre]));
        ShapeColour background = ShapeColour.Backgrounds.Single(one => square.Tags.Contains($"{one.Name} background"));
        Assert.Equal((background.Red, background.Green, background.Blue), (pixels[0], pixels[4096], pixels[8192]));
    }

    private static int Painted(ImageTextSet set, int picture)
    {
        byte[] pixels = set.Pixels[picture];
        int plane = set.Side * set.Side;
        return Enumerable.Range(0, plane).Count(i => Math.Abs(pixels[i] - pixels[0]) + Math.Abs(pixels[plane + i] - pixels[plane]) + Math.Abs(pixels[2 * plane + i] - pixels[2 * plane]) > 30);
    }

    private static ImageTextSet Open(DataOptions options) => DataSource.Open("shapes", options).Set;
}
