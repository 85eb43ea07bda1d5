using System.Globalization;

namespace ModalityGap.Report.Tests;

public sealed class PaletteTests
{
    public static TheoryData<string, string> TextOnBackground => new()
    {
        { "ink", "page" }, { "ink", "card" }, { "ink", "sunken" }, { "ink", "warn-back" }, { "soft", "page" }, { "soft", "card" },
        { "soft", "sunken" }, { "link", "page" }, { "link", "card" }, { "good", "good-back" }, { "warn", "warn-back" }, { "bad", "bad-back" },
    };

    [Theory]
    [MemberData(nameof(TextOnBackground))]
    public void Text_OnItsBackground_HasContrastOfFourAndAHalf(string text, string background)
    {
        Assert.True(Contrast(Palette.Light, text, background) >= 4.5, $"light: {Contrast(Palette.Light, text, background)}");
        Assert.True(Contrast(Palette.Dark, text, background) >= 4.5, $"dark: {Contrast(Palette.Dark, text, background)}");
    }

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    [InlineData("match")]
    [InlineData("other")]
    [InlineData("axis")]
    public void Marks_OnACard_HaveContrastOfThree(string mark)
    {
        Assert.True(Contrast(Palette.Light, mark, "card") >= 3, $"light: {Contrast(Palette.Light, mark, "card")}");
        Assert.True(Contrast(Palette.Dark, mark, "card") >= 3, $"dark: {Contrast(Palette.Dark, mark, "card")}");
    }

    [Fact]
    public void BothPalettes_KnowTheSameRolesAndCoverTheStyle()
    {
        Assert.Equal(Palette.Light.Roles, Palette.Dark.Roles);
        foreach (System.Text.RegularExpressions.Match use in System.Text.RegularExpressions.Regex.Matches(Assets.PageStyle, @"var\(--([a-z-]+)\)"))
            Assert.Contains(use.Groups[1].Value, Palette.Light.Roles);
    }

    // The ratio of relative luminances of WCAG 2.2.
    private static double Contrast(Palette palette, string text, string background)
    {
        double a = Luminance(palette[text]), b = Luminance(palette[background]);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) => 0.2126 * Channel(colour, 1) + 0.7152 * Channel(colour, 3) + 0.0722 * Channel(colour, 5);

    private static double Channel(string colour, int at)
    {
        double value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
