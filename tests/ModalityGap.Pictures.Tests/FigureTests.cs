using ModalityGap.Pictures.Figures;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Pictures.Tests;

public sealed class FigureTests
{
    // As the report writes them: looks come from classes of a style sheet.
    private const string Style =
        "<style>.chart{font:12px system-ui,sans-serif}.chart text{fill:#16202c}.chart .fill{fill:#0068b4}.chart .line{stroke:#b84a00;stroke-width:4;stroke-dasharray:10 10}"
        + ".chart .strong{font-size:14px;font-weight:600;paint-order:stroke;stroke:#00ff00;stroke-width:6px}.chart .middle{text-anchor:middle}</style>";

    [Fact]
    public void Render_Shapes_HaveTheirPlacesAndColoursAtTwiceTheSize()
    {
        using SKBitmap png = Render("<rect x=\"10\" y=\"20\" width=\"30\" height=\"10\" class=\"fill\"/><line x1=\"0\" y1=\"50\" x2=\"100\" y2=\"50\" class=\"line\"/>");

        Assert.Equal((200, 120), (png.Width, png.Height));
        Assert.Equal(new SKColor(0, 0x68, 0xb4), png.GetPixel(2 * 25, 2 * 25));
        Assert.Equal(SKColors.White, png.GetPixel(2 * 25, 2 * 15));
        Assert.Equal(new SKColor(0xb8, 0x4a, 0), png.GetPixel(2 * 5, 100));
        Assert.Equal(SKColors.White, png.GetPixel(2 * 15, 100));
    }

    [Fact]
    public void Render_Text_IsWrittenInLettersAndNotInBoxes()
    {
        int[] ink = [.. "1lM".Select(letter =>
        {
            using SKBitmap png = Render($"<text x=\"20\" y=\"30\">{letter}{letter}{letter}{letter}</text>");
            return Ink(png, pixel => pixel.Red < 128);
        })];

        Assert.All(ink, count => Assert.True(count > 20, $"{count} dark pixels"));
        // The boxes of missing letters would all have the same ink.
        Assert.True(ink[2] > 1.5 * ink[1], string.Join(", ", ink));
    }

    [Fact]
    public void Render_BoldLabelWithHalo_IsBolderAndItsHaloLiesBelow()
    {
        using SKBitmap plain = Render("<text x=\"50\" y=\"30\" class=\"middle\" style=\"font-size:14px\">gap 0.693</text>");
        using SKBitmap strong = Render("<text x=\"50\" y=\"30\" class=\"strong middle\">gap 0.693</text>");

        Assert.True(Ink(strong, Dark) > 1.15 * Ink(plain, Dark), $"{Ink(strong, Dark)} and {Ink(plain, Dark)} dark pixels");
        Assert.True(Ink(strong, pixel => pixel is { Green: > 200, Red: < 80 }) > 200);

        static bool Dark(SKColor pixel) => pixel.Red < 90 && pixel.Green < 90;
    }

    [Fact]
    public void Render_AnchoredText_IsCentred()
    {
        using SKBitmap png = Render("<text x=\"50\" y=\"30\" class=\"middle\">cosine</text>");

        int[] columns = [.. Enumerable.Range(0, png.Width).Where(x => Enumerable.Range(0, png.Height).Any(y => png.GetPixel(x, y).Red < 128))];
        Assert.InRange((columns[0] + columns[^1]) / 2.0, 96, 104);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no markup")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><rect")]
    public void Render_WhatIsNoDocument_IsRefused(string text) => Assert.Throws<ArgumentException>(() => FigurePng.Render(text));

    [Fact]
    public void Fonts_FolderWithoutFonts_NamesThePackageAndTheOtherWay()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["broken.ttf"], "no font");

        PictureException fault = Assert.Throws<PictureException>(() => FigureFonts.Search([folder.Path, folder["absent"]]));

        Assert.Contains("fonts-dejavu-core", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--figure-format svg", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Library_Missing_SaysWhereItBelongsAndTheWayOut()
    {
        PictureException fault = Assert.Throws<PictureException>(
            () => PictureLibrary.Require(() => throw new TypeInitializationException("SKImageInfo", new DllNotFoundException()), "Use --figure-format svg."));

        Assert.Contains("libSkiaSharp", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Use --figure-format svg.", fault.Message, StringComparison.Ordinal);
        PictureLibrary.Require("Here it is there.");
    }

    private static SKBitmap Render(string shapes) => SKBitmap.Decode(FigurePng.Render(
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"100\" height=\"60\" viewBox=\"0 0 100 60\">{Style}<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>{shapes}</svg>"));

    private static int Ink(SKBitmap png, Func<SKColor, bool> counts)
    {
        int count = 0;
        for (int y = 0; y < png.Height; y++)
            for (int x = 0; x < png.Width; x++)
                count += counts(png.GetPixel(x, y)) ? 1 : 0;
        return count;
    }
}
