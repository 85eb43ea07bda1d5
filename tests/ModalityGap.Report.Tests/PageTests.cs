using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ModalityGap.Report.Tests;

public sealed partial class PageTests
{
    [Fact]
    public void Write_TheSample_SaysWhatTheResultSays()
    {
        string page = Page(SampleResults.Two);
        PairResult pair = SampleResults.Two.Pairs[0];
        string text = PlainText(page);
        Assert.Contains(Words.Tied(pair.Verdict.Headline), text, StringComparison.Ordinal);
        Assert.Contains(pair.Verdict.BandReference, text, StringComparison.Ordinal);
        Assert.All(pair.Verdict.Sentences, sentence => Assert.Contains(Words.Tied(sentence), text, StringComparison.Ordinal));
        Assert.Contains(Words.Tied(pair.Recommendation.Gain), text, StringComparison.Ordinal);
        Assert.Contains(Words.Tied(pair.Recommendation.Harm), text, StringComparison.Ordinal);
        Assert.Contains(Words.Tied(pair.Recommendation.Condition), text, StringComparison.Ordinal);
        Assert.Contains(pair.Recommendation.Snippet, text, StringComparison.Ordinal);
        Assert.Contains(pair.Thresholds.PrevalenceSource, text, StringComparison.Ordinal);
        Assert.All(pair.Thresholds.Rows, row => Assert.Contains(Numbers.Three(row.Cosine.Value), text, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_EveryMeasure_IsInTheTableWithItsDefinition()
    {
        string text = PlainText(Page(SampleResults.Two));
        foreach (Measures.Measurement measured in SampleResults.Two.Pairs[0].Measures.Values)
        {
            Assert.True(MeasureCatalog.TryFind(measured.Id, out Measures.MeasureInfo? info));
            Assert.Contains(info.Formula, text, StringComparison.Ordinal);
            Assert.Contains(measured.Estimate is { } estimate ? Numbers.Plain(estimate.Value) : measured.Missing!, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Write_ResultWithoutNumbers_GivesTheReasonsAndTheWarning()
    {
        string text = PlainText(Page(SampleResults.Missing));
        Assert.Contains("There is nothing to measure.", text, StringComparison.Ordinal);
        Assert.Contains("Matched cosines look no better than unmatched ones.", text, StringComparison.Ordinal);
        Assert.Contains("There are too few pairs to take a threshold from.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Examples_SayWhoRanksWhereAndWhoCameFirst()
    {
        string text = PlainText(Page(SampleResults.Two));
        Explanations.PairExamples examples = SampleResults.Two.Pairs[0].Examples!;
        Assert.Contains($"Image to text: partners that come late, down to rank {Numbers.Count(examples.Searches[0].Worst[0].Rank)}", text, StringComparison.Ordinal);
        foreach (Explanations.MatchExample match in examples.Searches.SelectMany(search => search.Worst.Concat(search.Best)))
        {
            Assert.Contains($"rank {Numbers.Count(match.Rank)}, cosine\u00A0{Numbers.Three(match.Cosine)}", text, StringComparison.Ordinal);
            Assert.Contains($"\n{match.Query.Id}\n", text, StringComparison.Ordinal);
            Assert.Contains($"\n{match.Rival.Id}\n", text, StringComparison.Ordinal);
        }
        foreach (Explanations.ImpostorExample impostor in examples.Impostors)
            Assert.Contains($"\n{Numbers.Three(impostor.Cosine)}\n", text, StringComparison.Ordinal);
        foreach (Explanations.HubExample hub in examples.Searches.SelectMany(search => search.Hubs))
            Assert.Contains($"\n{Numbers.Count(hub.Lists)}\u00A0queries\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ResultOfAnOlderVersion_LeavesTheExamplesOut()
    {
        Assert.Contains("class=\"examples\"", Page(SampleResults.Two), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"examples\"", Page(SampleResults.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoHubs_SaysSo()
    {
        PairResult pair = SampleResults.Two.Pairs[0];
        Explanations.PairExamples none = pair.Examples! with { Searches = [.. pair.Examples.Searches.Select(search => search with { Hubs = [] })] };
        string text = PlainText(Page(SampleResults.Two with { Pairs = [pair with { Examples = none }] }));
        Assert.Contains("No image stands in the first ten of more than ten queries, the average.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ThreeModalities_LinksEachPairFromTheMatrix()
    {
        string page = Page(SampleResults.ThreeModalities);
        for (int k = 1; k <= 3; k++)
        {
            Assert.Equal(2, Regex.Count(page, $"href=\"#pair-{k}\""));
            Assert.Single(Regex.Matches(page, $"<article id=\"pair-{k}\""));
        }
        Assert.Equal(3, Regex.Count(page, "data-figure=\"mixed-search\""));
    }

    [Fact]
    public void Policy_HashesTheStyleAndTheScriptOfThePage()
    {
        string page = Page(SampleResults.Two);
        string policy = Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value.Replace("&#39;", "'", StringComparison.Ordinal);
        string style = Assert.Single(StyleElement().Matches(page)).Groups[1].Value;
        string script = Assert.Single(ScriptElement().Matches(page)).Groups[1].Value;
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{Hash(style)}'; script-src 'sha256-{Hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'",
            policy);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("hostile names")]
    [InlineData("hostile captions")]
    public void Write_Page_LoadsNothing(string which)
    {
        string page = Page(which switch { "plain" => SampleResults.Two, "hostile names" => SampleResults.HostileNames, _ => SampleResults.HostileCaptions });
        string markup = AnyScript().Replace(StyleElement().Replace(page, ""), "");
        Assert.DoesNotMatch(@"<(img|iframe|object|embed|base|form|audio|video|source|image|use)\b", markup);
        string names = Regex.Replace(markup, "\"[^\"]*\"", "\"\"");
        Assert.DoesNotMatch(@"<[a-z]+[^>]*\s(on[a-z]+|style|srcset|src|formaction)=", names);
        foreach (Match link in Regex.Matches(markup, "\\b(?:href|xlink:href)=\"([^\"]*)\""))
            Assert.Matches("^(#[a-z0-9-]+|data:,)$", link.Groups[1].Value);
        Assert.DoesNotMatch(@"url\(|@import", Assets.PageStyle);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_HostileTexts_CannotEndTheDataScript(bool captions)
    {
        AnalysisResult result = captions ? SampleResults.HostileCaptions : SampleResults.HostileNames;
        string page = Page(result);
        // The result, the figures' style, the script, and the counts of each pair's thresholds.
        int scripts = 3 + result.Pairs.Count(pair => pair.Thresholds.Curve is not null);
        Assert.Equal(scripts, Regex.Count(page, "<script"));
        Assert.Equal(scripts, Regex.Count(page, "</script"));
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<svg onload", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0001', page);
        Assert.DoesNotContain('\u202E', page);
    }

    [Fact]
    public void Json_InThePage_IsTheWholeResult()
    {
        string json = Regex.Match(Page(SampleResults.HostileNames), "<script type=\"application/json\" id=\"result-json\">([^<]*)</script>").Groups[1].Value;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        Assert.Equal(AnalysisJson.ToText(SampleResults.HostileNames), AnalysisJson.ToText(AnalysisJson.Read(stream)));
    }

    [Fact]
    public void Write_TheSample_IsSmall() => Assert.InRange(Encoding.UTF8.GetByteCount(Page(SampleResults.Two)), 50_000, 900_000);

    [Fact]
    public void Write_ManyModalities_StaysBelowFiveMegabytes()
    {
        AnalysisResult three = SampleResults.ThreeModalities;
        AnalysisResult many = three with { Pairs = [.. Enumerable.Range(0, 28).Select(k => three.Pairs[k % 3])] };
        string page = Page(many);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1_000_000, 5_000_000);
        Assert.Contains("too large to travel inside this page", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(28)]
    public void Write_LongCaptionsOfNothingButQuotes_StaysBelowFiveMegabytes(int pairs)
    {
        PairResult pair = SampleResults.HostileCaptions.Pairs[0];
        string[] names = [.. Enumerable.Repeat(new string('"', 50), 1000)];
        PairResult worst = pair with
        {
            Map = pair.Map with
            {
                Pairs = [.. Enumerable.Range(0, 1000)],
                First = [.. Enumerable.Range(0, 1000).Select(k => pair.Map.First[k % 400])],
                Second = [.. Enumerable.Range(0, 1000).Select(k => pair.Map.Second[k % 400])],
                FirstNames = names,
                SecondNames = names,
            },
            Examples = Quoted(pair.Examples!),
        };
        string page = Page(SampleResults.HostileCaptions with { Pairs = [.. Enumerable.Repeat(worst, pairs)] });
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1_000_000, 5_000_000);
        Assert.Contains("to look at", page, StringComparison.Ordinal);
    }

    private static Explanations.PairExamples Quoted(Explanations.PairExamples examples)
    {
        var row = new Explanations.ExampleRow(0, new string('"', 200), new string('"', 200), new string('"', 200));
        return examples with
        {
            Impostors = [.. examples.Impostors.Select(one => one with { First = row, Second = row })],
            Searches =
            [
                .. examples.Searches.Select(search => search with
                {
                    Worst = [.. search.Worst.Select(one => one with { Query = row, Partner = row, Rival = row })],
                    Best = [.. search.Best.Select(one => one with { Query = row, Partner = row, Rival = row })],
                    Hubs = [.. search.Hubs.Select(one => one with { Document = row, Queries = [row, row, row] })],
                }),
            ],
        };
    }

    [Fact]
    public void Write_Twice_GivesTheSamePage() => Assert.Equal(Page(SampleResults.Two), Page(SampleResults.Two));

    internal static string Page(AnalysisResult result)
    {
        using var writer = new StringWriter();
        ReportPage.Write(result, writer);
        return writer.ToString();
    }

    private static string PlainText(string page) =>
        System.Net.WebUtility.HtmlDecode(Regex.Replace(AnyScript().Replace(StyleElement().Replace(page, ""), ""), "<[^>]*>", "\n"));

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StyleElement();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex ScriptElement();

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex AnyScript();
}
