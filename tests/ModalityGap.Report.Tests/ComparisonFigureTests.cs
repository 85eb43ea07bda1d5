using System.Globalization;
using System.Xml.Linq;
using ModalityGap.Comparisons;
using ModalityGap.Report.Charts;
using ModalityGap.Report.Figures;
using ModalityGap.Statistics;

namespace ModalityGap.Report.Tests;

public sealed class ComparisonFigureTests
{
    private static readonly string[] Everything = ["two", "six", "thirty", "hostile", "missing"];

    [Fact]
    public void All_HasAFigureForEachMainNumberEachAssociationAndBothPictures()
    {
        Assert.Equal(
            [
                "number-gap-debiased", "number-relative-modality-gap", "number-matched-cosine-mean", "number-separability-accuracy", "number-recall-at-1-both-ways",
                "number-recall-at-10-both-ways", "number-mixed-search-worst-share-hit-at-1", "gap-recall-gap-debiased-recall-at-1-both-ways",
                "gap-recall-gap-debiased-mixed-search-worst-share-hit-at-1", "gap-recall-relative-modality-gap-recall-at-1-both-ways",
                "gap-recall-relative-modality-gap-mixed-search-worst-share-hit-at-1", "model-cosines", "model-maps",
            ],
            ComparisonFigures.All(ComparisonSamples.Six).Select(figure => figure.Name));
        Assert.Equal(["number-recall-at-1-both-ways"], ComparisonFigures.All(ComparisonSamples.Missing).Select(figure => figure.Name));
    }

    [Fact]
    public void Svg_IsWellFormedWithFiniteCoordinatesInsideItsFrameAndKnownClasses()
    {
        string[] coordinates = ["x", "y", "x1", "y1", "x2", "y2", "cx", "cy"];
        foreach (ReportFigure figure in Everything.SelectMany(which => ComparisonFigures.All(ComparisonSamples.Of(which))).Concat(OverviewFigures.All(SampleResults.ThreeModalities)))
        {
            XElement svg = XDocument.Parse(figure.Svg).Root!;
            double[] frame = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            foreach (XAttribute attribute in svg.Descendants().Attributes().Where(one => coordinates.Contains(one.Name.LocalName)))
                Assert.InRange(
                    double.Parse(attribute.Value, CultureInfo.InvariantCulture), -1, (attribute.Name.LocalName.Contains('x', StringComparison.Ordinal) ? frame[2] : frame[3]) + 1);
            string style = svg.Element(svg.Name.Namespace + "style")!.Value;
            Assert.DoesNotContain("var(", style, StringComparison.Ordinal);
            foreach (string look in svg.Descendants().Attributes("class").SelectMany(one => one.Value.Split(' ')).Distinct())
                Assert.Matches($@"\.{look}\b", style);
            Assert.DoesNotContain(svg.Descendants(), one => one.Name.LocalName is "img" or "script" or "image" or "foreignObject");
        }
    }

    [Fact]
    public void Number_Table_HasEveryModelWithItsValueAndItsDifference()
    {
        foreach (string which in (string[])["six", "thirty", "hostile"])
        {
            ComparisonResult result = ComparisonSamples.Of(which);
            var models = new ComparedModels(result);
            Assert.Equal(models.MainKeys.Count, ComparisonFigures.OfNumbers(models).Count());
            foreach ((Figure figure, string key) in ComparisonFigures.OfNumbers(models).Zip(models.MainKeys))
            {
                Assert.Equal(result.Ranking.Places.Select(place => place.Run), figure.Data.Rows.Select(row => row[0]));
                foreach (IReadOnlyList<string> row in figure.Data.Rows)
                {
                    if (result.Runs.Single(run => run.Name == row[0]).Measures[key].Estimate is { } value)
                        Assert.Equal(Numbers.Of(value), row[1]);
                    RunDifference? difference = result.Differences.SingleOrDefault(one => one.Run == row[0] && one.Against == result.Runs[0].Name);
                    Assert.Equal(difference?.Measures[key].Estimate is { } less ? Numbers.Difference(less) : Numbers.None, row[2]);
                }
            }
        }
    }

    [Fact]
    public void Number_Marks_AreAsManyOfEachShapeAsTheIntervalsSay()
    {
        ComparisonResult six = ComparisonSamples.Six;
        var models = new ComparedModels(six);
        foreach ((Figure figure, string key) in ComparisonFigures.OfNumbers(models).Zip(models.MainKeys))
        {
            int apart = six.Differences.Count(one => one.Against == "as it is" && Excludes(one.Measures[key].Estimate));
            XElement[] paths = [.. XElement.Parse($"<g>{figure.Drawing.Shapes}</g>").Elements("path")];
            // One of each shape stands in the legend, and each model has a mark in both panels.
            Assert.Equal(1 + 2, paths.Count(path => (string?)path.Attribute("class") == "fill strongline"));
            Assert.Equal(1 + 2 * apart, paths.Count(path => (string?)path.Attribute("class") == "fill first"));
            Assert.Equal(1 + 2 * (5 - apart), paths.Count(path => (string?)path.Attribute("class") == "fill other"));
        }

        static bool Excludes(Estimate? difference) => difference is { Low: > 0 } or { High: < 0 };
    }

    [Fact]
    public void Number_Title_NamesWhoDiffersFromTheReference()
    {
        ComparisonResult two = ComparisonSamples.Two;
        string gap = ComparisonFigures.All(two)[0].Title;
        Assert.Equal("Modality gap, debiased: half the gap lies below as it is", gap);
        ComparisonResult none = two with { Differences = [.. two.Differences.Select(Level)] };
        Assert.Equal("Modality gap, debiased: half the gap cannot be told from as it is", ComparisonFigures.All(none)[0].Title);

        static RunDifference Level(RunDifference difference) => difference with
        {
            Measures = difference.Measures.ToDictionary(one => one.Key, one => one.Value with { Estimate = one.Value.Estimate! with { Low = -1, High = 1 } }),
        };
    }

    [Fact]
    public void Difference_TheOtherWayRound_TurnsItsSignAndItsInterval()
    {
        var models = new ComparedModels(ComparisonSamples.Two);
        Estimate forth = models.Difference("half the gap", "as it is", "gap-debiased")!, back = models.Difference("as it is", "half the gap", "gap-debiased")!;
        Assert.Equal((-forth.Value, -forth.High, -forth.Low), (back.Value, back.Low, back.High));
        Assert.True(back.Low > 0);
    }

    [Fact]
    public void GapRecall_Title_GivesTheCorrelationOrSaysThatThereIsNone()
    {
        ReportFigure two = ComparisonFigures.All(ComparisonSamples.Two).First(figure => figure.Name.StartsWith("gap-recall", StringComparison.Ordinal));
        Assert.Contains("two models have an order, but no correlation", two.Title, StringComparison.Ordinal);
        GapAssociation association = ComparisonSamples.Six.Associations[1];
        ReportFigure six = ComparisonFigures.All(ComparisonSamples.Six).First(figure => figure.Name.StartsWith("gap-recall-gap-debiased-mixed", StringComparison.Ordinal));
        Estimate tau = association.KendallTau.Estimate!;
        Assert.Contains($"Kendall’s τ {Numbers.Two(tau.Value)}{Numbers.Interval(tau, Numbers.Two)}", six.Title, StringComparison.Ordinal);
        Assert.Contains(association.PermutationPValue.Estimate!.Value <= 0.05 ? "beyond chance" : "no more than chance gives", six.Title, StringComparison.Ordinal);
        ComparisonResult three = ComparisonSamples.Six with { Associations = [association with { Models = 3, KendallTauOverModels = association.KendallTauOverModels with { Estimate = null } }] };
        Assert.Contains("3 models are too few to speak of others", ComparisonFigures.All(three).First(figure => figure.Name.StartsWith("gap-recall", StringComparison.Ordinal)).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void GapRecall_ManyModels_AreNumberedByPlaceWithAKey()
    {
        Figure figure = ComparisonFigures.OfAssociations(new ComparedModels(ComparisonSamples.Thirty), ComparisonSamples.Thirty).First();
        string[] labels = [.. XElement.Parse($"<g>{figure.Drawing.Shapes}</g>").Elements("text").Where(text => (string?)text.Attribute("class") == "named middle").Select(text => text.Value)];
        Assert.Equal(Enumerable.Range(1, 30).Select(k => k.ToString(CultureInfo.InvariantCulture)), labels.OrderBy(label => int.Parse(label, CultureInfo.InvariantCulture)));
        Assert.Equal(30, figure.Data.Rows.Count);
    }

    [Fact]
    public void Cosines_Table_HasEveryCountOfTheHistograms()
    {
        foreach (string which in (string[])["six", "thirty"])
        {
            ComparisonResult result = ComparisonSamples.Of(which);
            Figure figure = ModelCosinesFigure.Of(new ComparedModels(result), result)!;
            foreach (RunPicture picture in result.Pictures!)
            {
                IReadOnlyList<string>[] rows = [.. figure.Data.Rows.Where(row => row[0] == picture.Run)];
                Assert.Equal(picture.Histograms.Matched.Sum(), rows.Sum(row => Count(row[3])));
                Assert.Equal(picture.Histograms.Unmatched.Sum(), rows.Sum(row => Count(row[4])));
                Assert.Equal(picture.Histograms.WithinFirst.Sum(), rows.Sum(row => Count(row[5])));
                Assert.Equal(picture.Histograms.WithinSecond.Sum(), rows.Sum(row => Count(row[6])));
            }
        }

        static long Count(string cell) => long.Parse(cell.Replace("\u202F", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Maps_OfAllModels_ShowTheSamePairs()
    {
        ComparisonResult thirty = ComparisonSamples.Thirty;
        Figure figure = ModelMapsFigure.Of(new ComparedModels(thirty), thirty)!;
        Assert.Equal(thirty.Pictures!.Sum(picture => picture.Map.Pairs.Count), figure.Data.Rows.Count);
        Assert.Single(figure.Data.Rows.GroupBy(row => row[0]).Select(group => string.Join(' ', group.Select(row => row[1]))).Distinct());
    }

    [Fact]
    public void Overview_OfThreeModalities_HasEveryPairAndASinglePairHasNone()
    {
        AnalysisResult three = SampleResults.ThreeModalities;
        Assert.Empty(OverviewFigures.All(SampleResults.Two));
        Assert.Equal(["pair-forest", "pair-cosines"], OverviewFigures.All(three).Select(figure => figure.Name));
        Figure forest = OverviewFigures.Of(three).First();
        Assert.Equal(three.Pairs.Select(pair => $"{pair.First} and {pair.Second}"), forest.Data.Rows.Select(row => row[0]));
        Assert.Equal(three.Pairs.Select(pair => Numbers.Of(pair.Measures["gap"].Estimate!)), forest.Data.Rows.Select(row => row[1]));
        Assert.Equal(
            three.Pairs.Select(pair => Numbers.Of(pair.Measures[$"recall-at-1/{pair.Second}-to-{pair.First}"].Estimate!)), forest.Data.Rows.Select(row => row[3]));
        Assert.Equal(3, OverviewFigures.Of(three).Last().Data.Rows.Select(row => row[0]).Distinct().Count());
    }

    [Fact]
    public void Labels_OfPointsInAHeap_StandApartAndInTheFrame()
    {
        var random = new Random(3);
        (double X, double Y)[] points = [.. Enumerable.Range(0, 30).Select(_ => (250 + 40 * random.NextDouble(), 150 + 20 * random.NextDouble()))];
        PointLabels.Box[] places = new PointLabels(40, 10, 530, 340).Place(points, [.. Enumerable.Repeat(20.0, 30)], farthest: 220)!;
        for (int a = 0; a < places.Length; a++)
        {
            Assert.True(places[a] is { Left: >= 40, Top: >= 10, Right: <= 530, Bottom: <= 340 });
            Assert.DoesNotContain(Enumerable.Range(0, a), b => places[a].Meets(places[b]));
            Assert.DoesNotContain(points, point => places[a].Meets(new PointLabels.Box(point.X - 4, point.Y - 4, point.X + 4, point.Y + 4)));
        }
        Assert.Null(new PointLabels(40, 10, 530, 340).Place(points, [.. Enumerable.Repeat(120.0, 30)], farthest: 10));
    }

    [Fact]
    public void Names_ThatAreCut_StillDiffer()
    {
        string[] names = [.. Enumerable.Range(0, 30).Select(k => $"vision-and-language-transformer-{k:00}")];
        string[] short30 = DistinctNames.Fit(names, 140), middle = DistinctNames.Fit([.. Enumerable.Range(0, 3).Select(k => new string('w', 60) + k + new string('w', 60))], 140);
        Assert.Equal(30, short30.Distinct().Count());
        Assert.All(short30.Concat(middle), name => Assert.True(TextWidth.Of(name, TextWidth.LargestLabel) <= 140, name));
        Assert.Equal(3, middle.Distinct().Count());
        Assert.Equal(["a", "b"], DistinctNames.Fit(["a", "b"], 140));
    }
}
