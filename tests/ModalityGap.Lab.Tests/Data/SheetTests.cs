using ModalityGap.Lab.Data;
using ModalityGap.Lab.Data.Sheets;
using SkiaSharp;

namespace ModalityGap.Lab.Tests.Data;

public sealed class SheetTests
{
    [Theory]
    [InlineData(3, 2, 8)]
    [InlineData(500, 1, 300)]
    [InlineData(1, 6, 64)]
    public void Draw_AnySet_ShowsItsPicturesAndLetters(int items, int styles, int side)
    {
        byte[] red = new byte[3 * side * side];
        Array.Fill(red, (byte)255, 0, side * side);
        var set = new ImageTextSet(
            "set",
            [.. Enumerable.Range(0, items).Select(i => new ImageTextItem { Id = $"{i}", Texts = [$"Ünïcode 中 {new string('w', 300)}", "b"] })],
            [.. Enumerable.Range(0, styles).Select(s => $"style {s}")],
            [.. Enumerable.Range(0, items * styles).Select(i => new ImageRow(i / styles, i % styles))],
            [.. Enumerable.Repeat(red, items * styles)],
            side);

        using SKBitmap sheet = SKBitmap.Decode(ContactSheet.Draw(set));

        SKColor[] pixels = sheet.Pixels;
        int shown = Math.Min(styles, 4) * Math.Max(1, 128 / side) * Math.Max(1, 128 / side) * side * side;
        Assert.Equal(0, pixels.Count(pixel => pixel == SKColors.Red) % shown);
        Assert.True(pixels.Count(pixel => pixel == SKColors.Red) >= shown);
        Assert.Contains(new SKColor(40, 40, 40), pixels);
        Assert.All([pixels[0], pixels[^1]], corner => Assert.Equal(SKColors.White, corner));
    }

    [Fact]
    public void HasDot_LetterL_IsAsOneWritesIt()
    {
        string[] rows = [.. Enumerable.Range(0, 7).Select(row => string.Concat(Enumerable.Range(0, 5).Select(column => PixelFont.HasDot('L', column, row) ? '#' : '.')))];

        Assert.Equal(["#....", "#....", "#....", "#....", "#....", "#....", "#####"], rows);
    }
}
