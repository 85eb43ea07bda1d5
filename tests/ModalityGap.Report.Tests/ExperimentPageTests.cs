using System.Text.RegularExpressions;
using ModalityGap.Report.Experiments;

namespace ModalityGap.Report.Tests;

public sealed class ExperimentPageTests
{
    [Fact]
    public void Draw_LogarithmicAxis_LeavesOutWhatHasNoLogarithm()
    {
        Chart chart = Of(new ChartPanel
        {
            Heading = "h",
            Across = "a",
            LogUp = true,
            Series = [ChartSeries.Of("s", SeriesKind.Marks, [1, 2, 3], [0, 10, 1000])],
        });

        string svg = ExperimentFigures.Draw(chart).Svg;

        // Two marks are left, and ticks at powers of ten between them.
        Assert.Contains(">100<", svg, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(Regex.Match(svg, "<path d=\"([^\"]*)\" class=\"fill first\"/?>", RegexOptions.RightToLeft).Groups[1].Value, "M"));
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_LogarithmicAxisOfLessThanADecade_HasShortLabels()
    {
        string svg = ExperimentFigures.Draw(Of(new ChartPanel
        {
            Heading = "h",
            Across = "a",
            LogUp = true,
            Series = [ChartSeries.Of("s", SeriesKind.Line, [1, 2], [14, 50])],
        })).Svg;

        Assert.Contains(">31.6<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("31.62", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_SameNameInTwoPanels_HasOneColourAndOneEntry()
    {
        ChartPanel panel = new()
        {
            Heading = "h",
            Across = "a",
            Series = [ChartSeries.Of("one", SeriesKind.Line, [0, 1], [0, 1]), ChartSeries.Of("two", SeriesKind.Line, [0, 1], [1, 0])]
        };
        string svg = ExperimentFigures.Draw(Of(panel, panel with { Series = [.. panel.Series.Reverse()] })).Svg;

        Assert.Single(Regex.Matches(svg, ">two<"));
        Assert.Equal(2, Regex.Count(svg, "<path [^>]*class=\"curve first\""));
        Assert.Equal(2, Regex.Count(svg, "<path [^>]*class=\"curve second\""));
    }

    [Fact]
    public void Draw_LongHeading_IsBrokenBetweenWords()
    {
        ChartPanel panel = new() { Heading = "gap", Across = "a", Series = [ChartSeries.Of("s", SeriesKind.Line, [0, 1], [0, 1])] };
        string svg = ExperimentFigures.Draw(Of(panel, panel with { Heading = "share of pictures with their text first" })).Svg;

        string[] lines = [.. Regex.Matches(svg, "class=\"heading\">([^<]*)<").Select(label => label.Groups[1].Value)];
        Assert.Equal("gap", lines[0]);
        Assert.True(lines.Length > 2);
        Assert.Equal("share of pictures with their text first", string.Join(' ', lines[1..]));
    }

    [Theory]
    [InlineData(SeriesKind.Cloud)]
    [InlineData(SeriesKind.Marks)]
    public void Draw_ManySeriesOfPoints_HaveColoursThatTheStyleKnows(SeriesKind kind)
    {
        string svg = ExperimentFigures.Draw(Of(new ChartPanel
        {
            Heading = "h",
            Across = "a",
            Series = [.. Enumerable.Range(0, 5).Select(k => ChartSeries.Of($"s{k}", kind, [k, k + 1], [0, k]))],
        })).Svg;

        string[] colours = [.. Regex.Matches(svg, "<path [^>]*class=\"(?:cloud )?fill ([a-z]+)\"").Select(path => path.Groups[1].Value).Distinct()];
        Assert.Equal(5, colours.Length);
        Assert.All(colours, colour => Assert.Matches($@"\.fill\.{colour}(,[^{{]*)?\{{fill:#", svg));
    }

    [Fact]
    public void Draw_Plane_HasOneScaleOnBothAxes()
    {
        Chart chart = Of(new ChartPanel
        {
            Heading = "h",
            Across = "a",
            Plane = true,
            Series = [ChartSeries.Of("s", SeriesKind.Segments, [0, 4, 0, 0], [0, 0, 0, 2])],
        });
        double[] at = [.. Regex.Matches(Regex.Match(ExperimentFigures.Draw(chart).Svg, "<path d=\"([^\"]*)\" class=\"pairs\"").Groups[1].Value, @"[\d.]+")
            .Select(number => double.Parse(number.Value, null))];

        // The horizontal segment is 4 long, the vertical one 2.
        Assert.Equal(2, Math.Abs(at[2] - at[0]) / Math.Abs(at[7] - at[5]), 2);
    }

    [Fact]
    public void Of_DifferentLengths_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ChartSeries.Of("s", SeriesKind.Line, [1, 2], [1]));

    [Fact]
    public void Write_Page_LoadsNothingAndEscapesEverything()
    {
        const string hostile = "</script><img src=x onerror=alert(1)>";
        var table = new ExperimentTable(hostile, ["a", hostile], [[hostile, "b"]]);
        using var writer = new StringWriter();
        ExperimentPage.Write(
            new ExperimentReport
            {
                Title = hostile,
                Lead = hostile,
                Tool = "modgap 0",
                Overview = table,
                Sections =
                [
                    new ExperimentSection
                    {
                        Id = "section-2.1",
                        Title = hostile,
                        How = hostile,
                        Notes = [hostile],
                        Claims = table,
                        Charts = [Of(new ChartPanel { Heading = hostile, Across = hostile,
                            Series = [ChartSeries.Of(hostile, SeriesKind.Line, [0, 1], [0, 1])] }) with { Title = hostile }],
                        Tables = [table],
                    },
                ],
            },
            writer);
        string page = writer.ToString();

        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'".Replace("'", "&#39;", StringComparison.Ordinal), page, StringComparison.Ordinal);
        Assert.Contains("id=\"section-2-1\"", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "<script"));
        Assert.Single(Regex.Matches(page, "data-figure=\"c\""));
        Assert.Equal(Regex.Count(page, "<(details|div|section|article|table)[ >]"), Regex.Count(page, "</(details|div|section|article|table)>"));
    }

    private static Chart Of(params ChartPanel[] panels) => new() { Name = "c", Title = "t", Caption = "c", Panels = panels };
}
