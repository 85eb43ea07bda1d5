using System.Globalization;
using System.Xml.Linq;
using ModalityGap.Evaluation;
using ModalityGap.Measures;

namespace ModalityGap.Report.Tests;

/// <summary>The chapters of zero-shot classification and of rates by group.</summary>
public sealed class ZeroShotFigureTests
{
    private static readonly string[] Classes = ["cat", "<b>hostile"];

    private static readonly Lazy<ClassificationResult> Lazy = new(() => SampleResults.Classified(Classes, groups: true));

    [Fact]
    public void Of_ClassifiedRows_AddsFiguresWithTheirNumbers()
    {
        PairResult pair = SampleResults.Two.Pairs[0];
        string[] without = [.. ReportFigures.Of(pair, null).Select(figure => figure.Name)],
            with = [.. ReportFigures.Of(pair, null, Lazy.Value).Select(figure => figure.Name)];
        Assert.Equal(["zero-shot", "zero-shot-area", "class-bias", "group-rates"], with.Except(without));

        string page = Page(new ReportExtras { ZeroShot = Lazy.Value });
        SweepChoice choice = Lazy.Value.Sweeps[0].Choice!;
        Assert.Contains("Zero-shot: which classes rows take", page, StringComparison.Ordinal);
        Assert.Contains("Fairness: rates by group", page, StringComparison.Ordinal);
        Assert.Contains($"is {choice.Unchanged.Value.ToString("0.000", CultureInfo.InvariantCulture)} as it is", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;hostile", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>hostile", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-figure=\"zero-shot\"", Page(ReportExtras.None), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RowsWithoutGroups_HasNoFairness() =>
        Assert.DoesNotContain("group-rates", ReportFigures.Of(SampleResults.Two.Pairs[0], null, SampleResults.Classified(Classes, groups: false)).Select(figure => figure.Name));

    [Fact]
    public void Figures_StayInsideTheirFramesAndTheirStyle()
    {
        foreach (ReportFigure figure in ReportFigures.Of(SampleResults.Two.Pairs[0], null, Lazy.Value)
            .Where(figure => figure.Name is "zero-shot" or "zero-shot-area" or "class-bias" or "group-rates"))
        {
            XElement svg = XDocument.Parse(figure.Svg).Root!;
            double[] frame = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            foreach (XAttribute at in svg.Descendants().Attributes().Where(one => one.Name.LocalName is "x" or "x1" or "x2" && one.Value != "100%"))
                Assert.InRange(double.Parse(at.Value, CultureInfo.InvariantCulture), -1, frame[2] + 1);
            string style = svg.Element(svg.Name.Namespace + "style")!.Value;
            foreach (string look in svg.Descendants().Attributes("class").SelectMany(one => one.Value.Split(' ')).Distinct())
                Assert.Matches($@"\.{look}\b", style);
        }
    }

    [Fact]
    public void Questions_HaveDefinitions() =>
        Assert.All((string[])["shift-sweep", "class-bias", "group-rate"], id => Assert.True(MeasureCatalog.TryFind(id, out MeasureInfo? _), id));

    private static string Page(ReportExtras extras)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        ReportPage.Write(SampleResults.Two, writer, extras);
        return writer.ToString();
    }
}
