using ModalityGap.Pictures.Sheets;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Pictures.Tests;

public sealed class SpriteSheetTests
{
    // Colours that WebP keeps apart.
    private static readonly SKColor[] Colours = [SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.Yellow, SKColors.Black, SKColors.Magenta];

    [Fact]
    public void Pack_FewPictures_PutsEachWhereItsPlaceSays()
    {
        SpriteSheets sheets = SpriteSheets.Pack([.. Enumerable.Range(0, 150).Select(Plain)]);

        Assert.Equal(96, sheets.Cell);
        Assert.Equal([0, .. Enumerable.Range(1, 149)], sheets.Places.Select(place => place!.Value));
        Assert.Equal(2, sheets.Sheets.Count);
        Assert.Empty(sheets.Faults);
        for (int k = 0; k < 150; k++)
            AssertNear(Colours[k % Colours.Length], Centre(sheets, k));
    }

    [Fact]
    public void Pack_LessRoom_TakesSmallerPicturesThenFewerEvenlySpaced()
    {
        SheetPicture[] pictures = [.. Enumerable.Range(0, 400).Select(Noisy)];
        long[] most = [4_000_000, 1_000_000, 400_000, 60_000];

        SpriteSheets[] sheets = Array.ConvertAll(most, bytes => SpriteSheets.Pack(pictures, new SheetOptions { MostBytes = bytes }));

        Assert.All(sheets.Zip(most), pair => Assert.InRange(pair.First.Bytes, 1, pair.Second));
        Assert.True(sheets[0].Cell > sheets[2].Cell && sheets[1].Cell >= sheets[2].Cell, string.Join(", ", sheets.Select(one => $"{one.Cell}: {one.Bytes}")));
        SpriteSheets least = sheets[3];
        Assert.Equal(32, least.Cell);
        int shown = least.Places.Count(place => place is not null);
        Assert.Equal(400 - shown, least.LeftOut);
        Assert.InRange(shown, 10, 300);
        Assert.True(least.Bytes > 0.6 * most[3], $"{least.Bytes} of {most[3]} bytes are used.");
        int[] gaps = [.. Gaps([.. Enumerable.Range(0, 400).Where(k => least.Places[k] is not null)])];
        Assert.InRange(gaps.Max() - gaps.Min(), 0, 2 * gaps.Min() + 1);
        Assert.Equal(Enumerable.Range(0, shown), least.Places.OfType<int>());
    }

    [Fact]
    public void Pack_UnreadablePictures_AreNamedAndTheOthersPacked()
    {
        SheetPicture[] pictures =
        [
            Plain(0),
            new("torn.png", () => TestPicture.Encode(20, 20, TestPicture.Noise)[..400]),
            new("note.png", () => "no picture"u8.ToArray()),
            new("gone.png", () => throw new FileNotFoundException()),
            new("shut.png", () => throw new UnauthorizedAccessException()),
            Plain(1),
        ];

        SpriteSheets sheets = SpriteSheets.Pack(pictures);

        Assert.Equal([0, null, null, null, null, 1], sheets.Places);
        Assert.Equal(["torn.png is cut off", "note.png is no PNG, JPEG, WebP, GIF or BMP", "gone.png is missing", "shut.png cannot be read"], sheets.Faults);
        Assert.Equal(0, sheets.LeftOut);
        AssertNear(Colours[1], Centre(sheets, 1));
    }

    [Fact]
    public void Pack_Nothing_IsNothing()
    {
        Assert.Empty(SpriteSheets.Pack([]).Sheets);
        SpriteSheets broken = SpriteSheets.Pack([new("note.png", () => [])]);
        Assert.Empty(broken.Sheets);
        Assert.Equal(["note.png is empty"], broken.Faults);
        SpriteSheets noRoom = SpriteSheets.Pack([Noisy(1)], new SheetOptions { MostBytes = 10 });
        Assert.Empty(noRoom.Sheets);
        Assert.Equal(1, noRoom.LeftOut);
    }

    [Fact]
    public void Pack_AnyThreads_GivesTheSameBytes()
    {
        SheetPicture[] pictures = [.. Enumerable.Range(0, 60).Select(Noisy)];

        SpriteSheets one = SpriteSheets.Pack(pictures, new SheetOptions { Threads = 1 }), many = SpriteSheets.Pack(pictures, new SheetOptions { Threads = 5 });

        Assert.Equal(one.Sheets.Select(sheet => Convert.ToHexString(sheet.WebP)), many.Sheets.Select(sheet => Convert.ToHexString(sheet.WebP)));
    }

    [Fact]
    public void Pack_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => SpriteSheets.Pack([Plain(0)], cancellation: stop.Token));
    }

    private static SheetPicture Plain(int k) => new($"{k}.png", () => TestPicture.Plain(40, 40, Colours[k % Colours.Length]));

    private static SheetPicture Noisy(int k)
    {
        byte[] picture = TestPicture.Encode(50, 40, (x, y) => TestPicture.Noise(x / 3 + 17 * k, y / 3), SKEncodedImageFormat.Jpeg);
        return new($"{k}.jpg", () => picture);
    }

    private static SKColor Centre(SpriteSheets sheets, int place)
    {
        SpriteSheet sheet = sheets.Sheets[place / sheets.PerSheet];
        using SKBitmap pixels = SKBitmap.Decode(sheet.WebP);
        Assert.Equal((sheet.Columns * sheets.Cell, sheet.Rows * sheets.Cell), (pixels.Width, pixels.Height));
        int within = place % sheets.PerSheet;
        return pixels.GetPixel(within % sheet.Columns * sheets.Cell + sheets.Cell / 2, within / sheet.Columns * sheets.Cell + sheets.Cell / 2);
    }

    private static IEnumerable<int> Gaps(int[] places) => places.Skip(1).Zip(places, (later, earlier) => later - earlier);

    private static void AssertNear(SKColor wanted, SKColor found) => Assert.True(
        Math.Abs(wanted.Red - found.Red) + Math.Abs(wanted.Green - found.Green) + Math.Abs(wanted.Blue - found.Blue) < 60, $"{found} where {wanted} belongs");
}
