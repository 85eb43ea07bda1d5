using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ModalityGap.Projections;

namespace ModalityGap.Report.Tests;

public sealed class FigureTests
{
    [Fact]
    public void All_OfTheSample_ShowsEveryPartOfTheStory()
    {
        IEnumerable<string> names = ReportFigures.All(SampleResults.Two.Pairs[0]).Select(figure => figure.Name);
        Assert.Equal(
            ["map", "cosines", "blocks", "landscape", "spectrum", "dimensions", "retrieval", "mixed-search", "top-ten", "hubs", "correction-mean-removal"], names);
    }

    [Fact]
    public void All_OfThreeModalities_GivesEachMixedSearchItsOwnName()
    {
        IEnumerable<string> names = SampleResults.ThreeModalities.MixedSearch.SelectMany(ReportFigures.All).Select(figure => figure.Name);
        Assert.Equal(["mixed-search-image", "mixed-search-caption", "mixed-search-summary"], names);
    }

    [Fact]
    public void All_WithNothingMeasured_LeavesTheFiguresOut() =>
        Assert.Empty(ReportFigures.All(SampleResults.Missing.Pairs[0]));

    [Fact]
    public void Svg_IsWellFormedWithTitleDescriptionAndItsOwnStyle()
    {
        foreach (ReportFigure figure in Everything())
        {
            XElement svg = XDocument.Parse(figure.Svg).Root!;
            Assert.Equal("{http://www.w3.org/2000/svg}svg", svg.Name.ToString());
            Assert.Equal(Shown(figure.Title), svg.Element(svg.Name.Namespace + "title")!.Value);
            Assert.Equal(Shown(figure.Caption), svg.Element(svg.Name.Namespace + "desc")!.Value);
            string style = svg.Element(svg.Name.Namespace + "style")!.Value;
            Assert.Contains(".chart .axis{stroke:#", style, StringComparison.Ordinal);
            Assert.DoesNotContain("var(", figure.Svg, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Svg_HasFiniteCoordinatesInsideItsFrame()
    {
        string[] coordinates = ["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "height"];
        foreach (ReportFigure figure in Everything())
        {
            XElement svg = XDocument.Parse(figure.Svg).Root!;
            double[] frame = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
            double largest = Math.Max(frame[2], frame[3]);
            int checkedCount = 0;
            foreach (XAttribute attribute in svg.Descendants().Attributes().Where(one => coordinates.Contains(one.Name.LocalName)))
            {
                if (attribute.Value == "100%")
                    continue;
                double value = Number(attribute.Value);
                Assert.InRange(value, -1, largest + 1);
                checkedCount++;
            }
            Assert.True(checkedCount > 10, $"{figure.Name} draws almost nothing");
            foreach (XAttribute path in svg.Descendants().Attributes("d"))
                Assert.DoesNotMatch("[^MLZaclhvz0-9. -]", path.Value);
        }
    }

    [Fact]
    public void Svg_UsesOnlyClassesThatTheStyleKnows()
    {
        foreach (ReportFigure figure in Everything())
        {
            XElement svg = XDocument.Parse(figure.Svg).Root!;
            string style = svg.Element(svg.Name.Namespace + "style")!.Value;
            foreach (string look in svg.Descendants().Attributes("class").SelectMany(one => one.Value.Split(' ')).Distinct())
                Assert.Matches($@"\.{look}\b", style);
        }
    }

    [Fact]
    public void Svg_WithHostileNames_HoldsThemAsTextOnly()
    {
        foreach (ReportFigure figure in SampleResults.HostileNames.Pairs.SelectMany(ReportFigures.All))
        {
            XElement svg = XDocument.Parse(figure.Svg).Root!;
            Assert.DoesNotContain(svg.Descendants(), one => one.Name.LocalName is "img" or "script" or "image" or "foreignObject");
            Assert.DoesNotContain(svg.Descendants().Attributes(), one => one.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Titles_NameWhatTheNumbersSay()
    {
        PairResult pair = SampleResults.Two.Pairs[0];
        Dictionary<string, string> titles = ReportFigures.All(pair).ToDictionary(figure => figure.Name, figure => figure.Title);
        Assert.Contains(Numbers.Three(pair.Measures["gap"].Estimate!.Value), titles["map"], StringComparison.Ordinal);
        Assert.Contains(Numbers.Two(pair.Measures["matched-cosine-mean"].Estimate!.Value), titles["cosines"], StringComparison.Ordinal);
        Assert.Contains(Numbers.Percent(pair.TopDimensions[1].Cumulative), titles["dimensions"], StringComparison.Ordinal);
        Assert.Contains(Numbers.Percent(pair.MixedSearch!.WorstShareHitAt1.Value), titles["mixed-search"], StringComparison.Ordinal);
    }

    [Fact]
    public void Titles_OfSearchesAndSpectra_NameWhatTheNumbersSay()
    {
        PairResult pair = SampleResults.Two.Pairs[0];
        Dictionary<string, string> titles = ReportFigures.All(pair).ToDictionary(figure => figure.Name, figure => figure.Title);
        Assert.Contains(Numbers.Percent(pair.Measures["recall-at-1/image-to-text"].Estimate!.Value), titles["retrieval"], StringComparison.Ordinal);
        Assert.Contains($"some {Math.Round(pair.Measures["spectrum-participation-ratio/image"].Estimate!.Value)} effective", titles["spectrum"], StringComparison.Ordinal);
        Assert.Contains(Numbers.Percent(pair.MixedSearch!.Raw[2].FirstModalityShareOfTop10.Value), titles["top-ten"], StringComparison.Ordinal);
        int most = pair.Examples!.Searches.Max(search => search.Hubs.Max(hub => hub.Lists));
        Assert.Contains($"the first ten of {most} of", titles["hubs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_OfTheSample_DrawEverySquareOnce()
    {
        PairResult pair = SampleResults.Two.Pairs[0];
        ReportFigure blocks = ReportFigures.All(pair).Single(figure => figure.Name == "blocks");
        int side = 2 * pair.Blocks!.Pairs.Count;
        const double cell = 7;
        double drawn = XDocument.Parse(blocks.Svg).Descendants()
            .Where(one => ((string?)one.Attribute("class"))?.StartsWith("heat ", StringComparison.Ordinal) == true)
            .SelectMany(one => Regex.Matches(one.Attribute("d")!.Value, @"h([0-9.]+)v([0-9.]+)h-"))
            .Where(box => Number(box.Groups[2].Value) == cell)
            .Sum(box => Number(box.Groups[1].Value) / cell);
        Assert.Equal(side * side, drawn);
    }

    [Fact]
    public void Corrections_OfTheSample_ShowThePlacebosAndMarkWhatToDo()
    {
        CorrectionResult result = SampleResults.WithCorrections.Corrections[0]!.Result;
        ReportFigure figure = ReportFigures.Of(SampleResults.Two.Pairs[0], result).Single(one => one.Name == "corrections");
        XElement[] texts = [.. XDocument.Parse(figure.Svg).Descendants().Where(one => one.Name.LocalName == "text")];
        Assert.Equal(result.Candidates.Count(candidate => candidate.IsPlacebo && candidate.Search is not null), texts.Count(text => text.Value.StartsWith("placebo: ", StringComparison.Ordinal)));
        Assert.Equal(result.Filters.Count, texts.Count(text => text.Value.StartsWith("no correction: ", StringComparison.Ordinal)));
        int marked = XDocument.Parse(figure.Svg).Descendants().Count(one => one.Name.LocalName == "rect" && (string?)one.Attribute("class") == "band");
        // One band is the legend's.
        Assert.Equal(result.Advice.Action == "do-nothing" ? 1 : 2, marked);
        Assert.Contains("no placebo", figure.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_OfLabelledRows_AreInTheFigureWithTheirSizes()
    {
        PairResult pair = SampleResults.HostileCaptions.Pairs[0];
        ReportFigure figure = ReportFigures.All(pair).Single(one => one.Name == "groups");
        string[] texts = [.. XDocument.Parse(figure.Svg).Descendants().Where(one => one.Name.LocalName == "text").Select(one => one.Value)];
        Assert.Equal(2, pair.Groups!.Count);
        Assert.All(pair.Groups, group => Assert.Contains($"{group.Name} ({group.Items})", texts));
    }

    [Fact]
    public void Map_OfPointsThatCoincide_IsStillDrawn()
    {
        PairResult pair = SampleResults.Two.Pairs[0];
        var point = new MapPoint(0.5, -0.25);
        PairMap map = pair.Map with { First = [point], Second = [point], Pairs = [0], FirstCentroid = point, SecondCentroid = point };
        Assert.Contains(ReportFigures.All(pair with { Map = map }), figure => figure.Name == "map");
    }

    [Fact]
    public void Map_OfManyPairs_DrawsASampleAndSaysSo()
    {
        PairResult pair = SampleResults.Two.Pairs[0];
        int[] many = [.. Enumerable.Range(0, 5000)];
        PairMap map = pair.Map with
        {
            Pairs = many,
            TotalPairs = 70000,
            FirstNames = null,
            SecondNames = [.. many.Select(k => $"caption <{k}>")],
            First = [.. many.Select(k => new MapPoint(Math.Sin(k), 0.1 * Math.Cos(k)))],
            Second = [.. many.Select(k => new MapPoint(3 + Math.Cos(k), 0.1 * Math.Sin(k)))],
        };
        ReportFigure figure = ReportFigures.All(pair with { Map = map })[0];
        Assert.Contains("1\u202F000\u00A0pairs of 70\u202F000 are drawn", figure.Caption, StringComparison.Ordinal);
        Assert.Equal(1000, Pairs(figure));
        XElement[] spots = [.. Spots(figure)];
        Assert.Equal(Enumerable.Range(0, 1000).Select(k => $"text: caption <{5 * k}>"), spots.Select(spot => spot.Elements().Single().Value));
    }

    [Fact]
    public void Map_OfRowsWithoutNames_HasNothingToPointAt()
    {
        PairResult pair = SampleResults.Two.Pairs[0];
        ReportFigure named = ReportFigures.All(pair)[0], plain = ReportFigures.All(pair with { Map = pair.Map with { FirstNames = null, SecondNames = null } })[0];
        Assert.Equal(2 * pair.Map.Pairs.Count, Spots(named).Count());
        Assert.Contains("Point at a mark", named.Caption, StringComparison.Ordinal);
        Assert.Empty(Spots(plain));
        Assert.DoesNotContain("Point at a mark", plain.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_InAnotherCulture_AreTheSame()
    {
        string[] invariant = [.. Everything().Select(figure => figure.Svg)];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(invariant, Everything().Select(figure => figure.Svg));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static IEnumerable<ReportFigure> Everything() =>
        new[] { SampleResults.Two, SampleResults.ThreeModalities, SampleResults.HostileNames }.SelectMany(result =>
            result.Pairs.SelectMany(ReportFigures.All).Concat(result.MixedSearch.SelectMany(ReportFigures.All)));

    private static IEnumerable<XElement> Spots(ReportFigure figure) => XDocument.Parse(figure.Svg).Descendants()
        .Where(one => one.Name.LocalName == "circle" && (string?)one.Parent!.Attribute("class") == "spots");

    private static int Pairs(ReportFigure figure) => XDocument.Parse(figure.Svg).Descendants()
        .Single(one => one.Name.LocalName == "path" && (string?)one.Attribute("class") == "pairs").Attribute("d")!.Value.Count(letter => letter == 'M');

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    // What cannot be written in XML, or would turn the line around, is shown as a replacement character.
    private static string Shown(string text) => text.Replace('\u0001', '\uFFFD').Replace('\u202E', '\uFFFD');
}
