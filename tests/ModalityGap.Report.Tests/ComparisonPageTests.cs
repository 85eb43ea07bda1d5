using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ModalityGap.Comparisons;
using ModalityGap.Measures;

namespace ModalityGap.Report.Tests;

public sealed partial class ComparisonPageTests
{
    [Theory]
    [InlineData("two")]
    [InlineData("six")]
    [InlineData("thirty")]
    [InlineData("hostile")]
    [InlineData("missing")]
    public void Write_EveryNumberAndDifference_IsThatOfTheResult(string which)
    {
        ComparisonResult result = ComparisonSamples.Of(which);
        string[][] values = Rows(result, "Every number of every model"), differences = Rows(result, "Every difference");
        Assert.Equal(result.Runs.Sum(run => run.Measures.Count), values.Length);
        Assert.Equal(result.Differences.Sum(difference => difference.Measures.Count), differences.Length);
        foreach (RunResult run in result.Runs)
            foreach ((string key, Measurement measured) in run.Measures)
                Assert.Equal(
                    measured.Estimate is { } estimate ? Numbers.Of(estimate) : Numbers.None,
                    values.Single(row => row[0] == Shown(run.Name) && row[2] == key)[3]);
        foreach (RunDifference difference in result.Differences)
            foreach ((string key, Measurement measured) in difference.Measures)
                Assert.Equal(
                    measured.Estimate is { } estimate ? Numbers.Difference(estimate) : Numbers.None,
                    differences.Single(row => row[0] == Shown(difference.Run) && row[1] == Shown(difference.Against) && row[3] == key)[4]);
    }

    [Fact]
    public void Write_TheTop_SaysWhoIsBestAndWhetherThatIsKnown()
    {
        foreach (ComparisonResult result in new[] { ComparisonSamples.Two, ComparisonSamples.Six, ComparisonSamples.Thirty })
        {
            string headline = Element(Page(result), "h1");
            RankedRun first = result.Ranking.Places[0];
            int level = result.Ranking.Places.Count(place => place.Group == 1);
            if (level == result.Ranking.Places.Count)
            {
                Assert.Contains("cannot tell", headline, StringComparison.Ordinal);
                continue;
            }
            Assert.Contains($", {new Figures.ComparedModels(result).Said(first.Run)} is highest: ", headline, StringComparison.Ordinal);
            Assert.Contains(Words.Tied(Numbers.Of(first.Value)), headline, StringComparison.Ordinal);
            Assert.Contains(level == 1 ? "beyond the paired interval" : "cannot be told from it", headline, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Write_TheTop_NamesTheReferenceAndItsPlace()
    {
        ComparisonResult six = ComparisonSamples.Six;
        int place = six.Ranking.Places.ToList().FindIndex(one => one.Run == "as it is");
        Assert.Contains($"The reference, as it is, is in place {place + 1} of 6", PlainText(Page(six)).Replace('\u00A0', ' '), StringComparison.Ordinal);
        // Without its gap, mixed search is better beyond doubt: the page must say so of at least that model.
        Assert.Matches(@"in place \d of 6 with [^:]*: \d.models? better", PlainText(Page(six)));
    }

    [Fact]
    public void Write_TheTable_HasEveryModelInTheOrderOfTheRanking()
    {
        ComparisonResult thirty = ComparisonSamples.Thirty;
        string table = Regex.Match(Page(thirty), "class=\"card models\".*?</section>", RegexOptions.Singleline).Value;
        string[] names = [.. Regex.Matches(table, "<tr[^>]*><th scope=\"row\"><span[^>]*>([^<]*)<").Select(match => match.Groups[1].Value)];
        Assert.Equal(thirty.Ranking.Places.Select(place => Words.Short(place.Run, 60)), names);
    }

    [Fact]
    public void Write_Inputs_HaveTheirFingerprints()
    {
        string[][] inputs = Rows(ComparisonSamples.Six, "Inputs");
        Assert.Equal(12, inputs.Length);
        foreach (RunResult run in ComparisonSamples.Six.Runs)
        {
            Assert.Contains(inputs, row => row[0] == run.Name && row[^1] == $"sha256 {run.First.Fingerprint.Value}" && row[2] == run.First.Source);
            Assert.Contains(inputs, row => row[0] == run.Name && row[^1] == $"sha256 {run.Second.Fingerprint.Value}");
        }
    }

    [Fact]
    public void Write_Associations_HaveEveryCorrelationOrTheReasonWhyNot()
    {
        foreach (ComparisonResult result in new[] { ComparisonSamples.Two, ComparisonSamples.Six })
        {
            string[][] rows = Rows(result, "The gap against what is found, over the models");
            Measurement[] all =
            [
                .. result.Associations.SelectMany(one => (Measurement[])
                    [one.KendallTau, one.KendallTauOverModels, one.SpearmanRho, one.SpearmanRhoOverModels, one.PermutationPValue]),
            ];
            Assert.Equal(all.Select(one => one.Estimate is { } estimate ? Numbers.Of(estimate) : Numbers.None), rows.Select(row => row[3]));
            Assert.Equal(all.Select(one => one.Estimate?.Method ?? one.Missing!), rows.Select(row => row[5]));
        }
    }

    [Fact]
    public void Write_Warning_StandsAtTheTopAsText()
    {
        string page = Page(ComparisonSamples.Missing);
        Assert.Contains("Both hold &lt;the&gt; very same files.", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("class=\"warnings\"", StringComparison.Ordinal) < page.IndexOf("<h1", StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", PlainText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithoutPictures_LeavesTheirFiguresOut()
    {
        Assert.Contains("data-figure=\"model-cosines\"", Page(ComparisonSamples.Two), StringComparison.Ordinal);
        Assert.Contains("data-figure=\"model-maps\"", Page(ComparisonSamples.Two), StringComparison.Ordinal);
        Assert.DoesNotContain("data-figure=\"model-", Page(ComparisonSamples.WithoutPictures), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HostileNames_StayText()
    {
        string page = Page(ComparisonSamples.Hostile);
        Assert.Equal(3, Regex.Count(page, "<script"));
        Assert.Equal(3, Regex.Count(page, "</script"));
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<svg onload", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u0001', page);
        Assert.DoesNotContain('\u202E', page);
        string names = Regex.Replace(AnyScript().Replace(page, ""), "\"[^\"]*\"", "\"\"");
        Assert.DoesNotMatch(@"<[a-z]+[^>]*\s(on[a-z]+|style|srcset|src|formaction)=", names);
    }

    [Fact]
    public void Json_InThePage_IsTheWholeResult()
    {
        foreach (ComparisonResult result in new[] { ComparisonSamples.Hostile, ComparisonSamples.Six })
        {
            string json = Regex.Match(Page(result), "<script type=\"application/json\" id=\"result-json\">([^<]*)</script>").Groups[1].Value;
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
            Assert.Equal(ComparisonJson.ToText(result), ComparisonJson.ToText(ComparisonJson.Read(stream)));
        }
    }

    [Fact]
    public void Write_ThirtyModels_StaysBelowFiveMegabytes() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Page(ComparisonSamples.Thirty)), 200_000, 5_000_000);

    [Fact]
    public void Write_Twice_GivesTheSamePage() => Assert.Equal(Page(ComparisonSamples.Six), Page(ComparisonSamples.Six));

    internal static string Page(ComparisonResult result)
    {
        using var writer = new StringWriter();
        ComparisonPage.Write(result, writer);
        return writer.ToString();
    }

    // The cells of the table under a heading of "Method and numbers".
    private static string[][] Rows(ComparisonResult result, string heading)
    {
        string part = Regex.Match(Page(result), $"<summary>{heading}</summary>(.*?)</details>", RegexOptions.Singleline).Groups[1].Value;
        string body = Regex.Match(part, "<tbody>(.*?)</tbody>", RegexOptions.Singleline).Groups[1].Value;
        return [.. Regex.Matches(body, "<tr>(.*?)</tr>", RegexOptions.Singleline).Select(row =>
            Regex.Matches(row.Groups[1].Value, "<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline).Select(cell => WebUtility.HtmlDecode(cell.Groups[1].Value)).ToArray())];
    }

    private static string Element(string page, string name) => WebUtility.HtmlDecode(Regex.Match(page, $"<{name}[^>]*>(.*?)</{name}>").Groups[1].Value);

    private static string PlainText(string page) => WebUtility.HtmlDecode(Regex.Replace(AnyScript().Replace(page, ""), "<[^>]*>", "\n"));

    private static string Shown(string text) => text.Replace('\u0001', '\uFFFD').Replace('\u202E', '\uFFFD');

    [GeneratedRegex("<(script|style).*?</(script|style)>", RegexOptions.Singleline)]
    private static partial Regex AnyScript();
}
