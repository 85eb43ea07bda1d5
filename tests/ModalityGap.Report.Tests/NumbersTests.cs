using ModalityGap.Statistics;

namespace ModalityGap.Report.Tests;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0.85135, "0.851")]
    [InlineData(-0.25, "−0.250")]
    [InlineData(0, "0")]
    [InlineData(2, "2")]
    [InlineData(12.345, "12.35")]
    [InlineData(482.896, "482.9")]
    [InlineData(0.0000312, "3.1e-5")]
    [InlineData(-1e-12, "−1.0e-12")]
    public void Plain_Value_HasDigitsThatMatter(double value, string expected) => Assert.Equal(expected, Numbers.Plain(value));

    [Theory]
    [InlineData(0.7, "70\u00A0%")]
    [InlineData(0.01, "1\u00A0%")]
    [InlineData(0.001, "0.1\u00A0%")]
    [InlineData(0.0025, "0.25\u00A0%")]
    [InlineData(0.9985, "99.9\u00A0%")]
    [InlineData(0.4267, "43\u00A0%")]
    [InlineData(0, "0\u00A0%")]
    [InlineData(1, "100\u00A0%")]
    public void Percent_Share_HasADecimalOnlyWhereItSaysSomething(double share, string expected) => Assert.Equal(expected, Numbers.Percent(share));

    [Fact]
    public void RuledPercent_OfARankedRate_IsTheRateThatWasAskedFor() => Assert.Equal("1\u00A0%", Numbers.RuledPercent(0.009988198));

    [Fact]
    public void Of_Estimate_ShowsItsInterval() =>
        Assert.Equal("0.851 [0.842,\u00A00.860]", Numbers.Of(new Estimate(0.851, 0.842, 0.86, 0.95, "jackknife", 500)));

    [Fact]
    public void Of_EstimateWithoutInterval_ShowsTheValueAlone() => Assert.Equal("0.851", Numbers.Of(Estimate.Exact(0.851, "a count", 500)));

    [Theory]
    [InlineData(0.052, "+0.05")]
    [InlineData(-0.124, "−0.12")]
    [InlineData(-0.001, "0.00")]
    public void SignAlways_Value_HasNoSignOnlyAtZero(double value, string expected) => Assert.Equal(expected, Numbers.SignAlways(value, "0.00"));

    [Fact]
    public void Short_LongName_KeepsSurrogatePairsWhole()
    {
        string name = new string('a', 18) + "😀😀😀";
        Assert.Equal(new string('a', 18) + "…", Words.Short(name, 20));
    }

    [Fact]
    public void Tied_Sentence_DoesNotBreakAnInterval() =>
        Assert.Equal("apart [0.844,\u00A00.857]: 70\u00A0% of it", Words.Tied("apart [0.844, 0.857]: 70 % of it"));
}
