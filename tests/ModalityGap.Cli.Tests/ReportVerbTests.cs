using System.Xml.Linq;
using ModalityGap.Testing;
using SkiaSharp;

namespace ModalityGap.Cli.Tests;

public sealed class ReportVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ReportVerbTests() => NpyFile.WritePair(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Report_PrintsThePageAndWritesIt()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("page.html", run.Output.Trim());
        Assert.StartsWith("2 modalities x 60 pairs", run.Errors, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(folder["page.html"]), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["img.npy", "page.html", "txt.npy"], folder.Names);
    }

    [Fact]
    public void Figures_AreStandAloneSvgFiles()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html", "--figures", "figures", "-q");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(run.Errors);
        string[] figures = Directory.GetFiles(folder["figures"], "*.svg");
        Assert.True(figures.Length >= 4, $"{figures.Length} figures");
        Assert.All(figures, figure => Assert.Equal("svg", XDocument.Load(figure).Root!.Name.LocalName));
        Assert.Equal(2 * figures.Length, Directory.GetFiles(folder["figures"]).Length);
        Assert.All(figures, figure =>
        {
            using SKBitmap png = SKBitmap.Decode(Path.ChangeExtension(figure, "png"));
            Assert.Equal(2 * (int)(double)XDocument.Load(figure).Root!.Attribute("width")!, png.Width);
        });
    }

    [Theory]
    [InlineData("svg")]
    [InlineData("png")]
    public void Figures_InOneForm_AreOfThatFormAlone(string format)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html", "--maps", "svd", "--figures", "figures", "--figure-format", format);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.All(Directory.GetFiles(folder["figures"]), figure => Assert.EndsWith(format, figure, StringComparison.Ordinal));
        Assert.EndsWith($"figures in figures, as {format.ToUpperInvariant()}", run.Errors.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Captions_ThatWouldRun_AreShownAsTheyAre()
    {
        const string hostile = "</script><img src=x onerror=alert(1)>";
        File.WriteAllLines(folder["captions.txt"], Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? $"{hostile} {i}" : $"plain & simple {i}"));

        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html", "--maps", "svd", "--captions", "captions.txt");

        Assert.True(run.ExitCode == 0, run.Errors);
        string page = File.ReadAllText(folder["page.html"]);
        Assert.Contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; 0", page, StringComparison.Ordinal);
        Assert.Contains("plain &amp; simple 1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(System.Text.RegularExpressions.Regex.Count(page, "<script"), System.Text.RegularExpressions.Regex.Count(page, "</script"));
    }

    [Fact]
    public void Thumbnails_WithSomeThatCannotBeRead_AreShownAndTheOthersNamed()
    {
        Directory.CreateDirectory(folder["pictures"]);
        for (int i = 0; i < 60; i++)
            File.WriteAllBytes(folder[$"pictures/{i:00}.png"], i is 3 or 4 ? [1, 2, 3] : TestPicture.Plain(30, 20, SKColors.Red));

        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html", "--maps", "svd", "--thumbnails", "pictures");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("warning: 2 pictures in pictures cannot be shown: 03.png is no PNG, JPEG, WebP, GIF or BMP, 04.png is no", run.Errors, StringComparison.Ordinal);
        string page = File.ReadAllText(folder["page.html"]);
        Assert.Contains("background-image:url(data:image/webp;base64,", page, StringComparison.Ordinal);
        Assert.Contains("in the order of their names: 00.png is row 0, 59.png row 59.", page, StringComparison.Ordinal);
        Assert.Contains("class=\"thumb sheet-e0 at-0\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Thumbnails_AndCaptions_AreTriedByADryRun()
    {
        Directory.CreateDirectory(folder["pictures"]);
        for (int i = 0; i < 60; i++)
            File.WriteAllBytes(folder[$"pictures/{i:00}.png"], TestPicture.Plain(3, 2, SKColors.Red));
        File.WriteAllLines(folder["captions.txt"], Enumerable.Range(0, 60).Select(i => $"row {i}"));

        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "--dry-run", "--thumbnails", "pictures", "--captions", "captions.txt");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("captions.txt: captions of image and text", run.Output, StringComparison.Ordinal);
        Assert.Contains("pictures: pictures of 60 of 60 rows of image, matched in the order of their names", run.Output, StringComparison.Ordinal);
        Assert.Equal(["captions.txt", "img.npy", "pictures", "txt.npy"], folder.Names);
    }

    [Theory]
    [InlineData(2, "--captions-of goes with --captions.", "--captions-of", "text")]
    [InlineData(2, "--thumbnails-of goes with --thumbnails.", "--thumbnails-of", "image")]
    [InlineData(2, "--figure-format goes with --figures.", "--figure-format", "png")]
    [InlineData(2, "--thumbnails-of is one of image, text, not 'video'.", "--thumbnails", ".", "--thumbnails-of", "video")]
    [InlineData(3, "absent: there is no such folder.", "--thumbnails", "absent")]
    [InlineData(3, "img.npy: it is a file.", "--thumbnails", "img.npy")]
    [InlineData(3, "empty: it holds no PNG, JPEG, WebP, GIF or BMP.", "--thumbnails", "empty")]
    [InlineData(3, "one.txt: it has 1 lines; image has 60 rows, text has 60 rows.", "--captions", "one.txt")]
    public void Options_ThatDoNotFit_SayWhat(int code, string message, params string[] options)
    {
        Directory.CreateDirectory(folder["empty"]);
        File.WriteAllText(folder["one.txt"], "one line\n");
        File.WriteAllBytes(folder["a.png"], TestPicture.Plain(3, 2, SKColors.Red));

        ToolRun run = ModgapProcess.Run(folder.Path, ["report", "img.npy", "txt.npy", "-o", "page.html", .. options]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["page.html"]));
    }

    [Fact]
    public void Figures_OfHostileModalities_StayInTheirFolder()
    {
        var random = new Random(5);
        NpyFile.Write(folder["eeg.npy"], [.. Enumerable.Range(0, 60 * 16).Select(_ => random.NextSingle())], 60, 16);

        ToolRun run = ModgapProcess.Run(
            folder.Path, "report", "img.npy", "txt.npy", "eeg.npy", "--modalities", "../../x,y/z,<w>", "-o", "page.html", "--figures", "figures");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(["eeg.npy", "figures", "img.npy", "page.html", "txt.npy"], folder.Names);
        Assert.Contains("pair-forest.svg", Directory.GetFiles(folder["figures"]).Select(Path.GetFileName));
        Assert.Contains("pair-cosines.svg", Directory.GetFiles(folder["figures"]).Select(Path.GetFileName));
        Assert.All(Directory.GetFiles(folder["figures"]), figure => Assert.Matches(@"^[A-Za-z0-9-]+\.(svg|png)$", Path.GetFileName(figure)));
    }

    [Fact]
    public void Figures_WhereAFileIs_IsRefusedBeforeTheWork()
    {
        File.WriteAllText(folder["figures"], "");

        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html", "--figures", "figures");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("figures: is a file, where a folder is needed.", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["figures", "img.npy", "txt.npy"], folder.Names);
    }

    [Fact]
    public void Corrections_AreTriedUnlessToldNot()
    {
        Assert.Equal(0, ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html").ExitCode);
        Assert.Equal(0, ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "without.html", "--no-corrections").ExitCode);
        Assert.Contains("data-figure=\"corrections\"", File.ReadAllText(folder["page.html"]), StringComparison.Ordinal);
        Assert.DoesNotContain("data-figure=\"corrections\"", File.ReadAllText(folder["without.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_OfAFile_AreAChapter()
    {
        File.WriteAllLines(folder["groups.txt"], Enumerable.Range(0, 60).Select(row => row % 3 == 0 ? "cats & dogs" : "birds"));

        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html", "--no-corrections", "--groups", "groups.txt");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("cats &amp; dogs (20)", File.ReadAllText(folder["page.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("59", "--groups", "groups.txt", "59 rows")]
    [InlineData("60", "--group-key", "kind", "--group-key goes with --groups.")]
    public void Groups_ThatDoNotFit_AreRefused(string lines, string option, string value, string expected)
    {
        File.WriteAllLines(folder["groups.txt"], Enumerable.Repeat("a", int.Parse(lines, System.Globalization.CultureInfo.InvariantCulture)));

        ToolRun run = ModgapProcess.Run(folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html", option, value);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("page.html", folder.Names);
    }

    [Fact]
    public void Classes_OfAFile_AreAChapterOfZeroShotAndOneOfGroups()
    {
        WriteClasses();

        ToolRun run = ModgapProcess.Run(
            folder.Path, "report", "img.npy", "txt.npy", "-o", "page.html", "--no-corrections", "--maps", "svd", "--labels", "labels.txt",
                "--classes", "classes.npy",
            "--class-names", "names.txt", "--groups", "groups.txt", "--class-sets", "pets=cat,dog", "--shift", "first-only", "--figures", "figures");

        Assert.True(run.ExitCode == 0, run.Errors);
        string page = File.ReadAllText(folder["page.html"]);
        Assert.Contains("data-figure=\"zero-shot\"", page, StringComparison.Ordinal);
        Assert.Contains("data-figure=\"group-rates\"", page, StringComparison.Ordinal);
        Assert.Contains("(first-only)", page, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["figures/class-bias.svg"]));
    }

    [Theory]
    [InlineData(2, "--labels goes with --classes.", "--labels", "labels.txt")]
    [InlineData(2, "--shift goes with --classes.", "--shift", "both")]
    [InlineData(2, "--class-sets goes with --groups.", "--labels", "labels.txt", "--classes", "classes.npy", "--class-names", "names.txt",
        "--class-sets", "pets=cat")]
    [InlineData(2, "leave out --skip-invalid", "--labels", "labels.txt", "--classes", "classes.npy", "--class-names", "names.txt", "--skip-invalid")]
    [InlineData(3, "name no class", "--labels", "groups.txt", "--classes", "classes.npy", "--class-names", "names.txt")]
    public void Classes_ThatDoNotFit_AreRefused(int code, string message, params string[] options)
    {
        WriteClasses();
        ToolRun run = ModgapProcess.Run(folder.Path, ["report", "img.npy", "txt.npy", "-o", "page.html", "--no-corrections", "--maps", "svd", .. options]);
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("page.html", folder.Names);
    }

    private void WriteClasses()
    {
        string[] names = ["cat", "dog", "owl"];
        File.WriteAllLines(folder["labels.txt"], Enumerable.Range(0, 60).Select(row => names[row % 3]));
        File.WriteAllLines(folder["groups.txt"], Enumerable.Range(0, 60).Select(row => row % 2 == 0 ? "left" : "right"));
        File.WriteAllLines(folder["names.txt"], names);
        NpyFile.Write(folder["classes.npy"], [.. Enumerable.Range(0, 3 * 16).Select(k => k % 16 == k / 16 + 1 ? 1f : 0.2f)], 3, 16);
    }
}
