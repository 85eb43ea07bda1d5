using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>modgap measure --linear: the same forms, names, messages and exit codes as without it.</summary>
public sealed class LinearTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public LinearTests() => NpyFile.WritePair(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Table_ShowsTheGapAndSaysWhatIsLeftOut()
    {
        string output = Measure("img.npy", "txt.npy").Output;

        Assert.StartsWith("2 modalities x 60 pairs x 16 dimensions, float32", output, StringComparison.Ordinal);
        Assert.Contains("image and text: 60 items", output, StringComparison.Ordinal);
        Assert.Contains("Angle between centroids", output, StringComparison.Ordinal);
        Assert.Contains("--sample N", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Threshold", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_HoldsTheNumbersOfAWholeAnalysisUnderTheSameNames()
    {
        LinearResult linear = Json("img.npy", "txt.npy");
        using var whole = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(
            ModgapProcess.Run(folder.Path, "measure", "img.npy", "txt.npy", "--format", "json").Output));
        AnalysisResult result = AnalysisJson.Read(whole);

        LinearPair pair = Assert.Single(linear.Pairs);
        Assert.Equal(("image", "text", 60), (pair.First, pair.Second, pair.Items));
        foreach ((string key, Measures.Measurement measurement) in pair.Measures)
            Assert.Equal(result.Pairs[0].Measures[key].Estimate!.Value, measurement.Estimate!.Value, 1e-6);
        Assert.Equal(result.Pairs[0].TopDimensions.Select(share => share.Dimension), pair.TopDimensions.Select(share => share.Dimension));
        Assert.Equal(result.Inputs.Select(input => input.Provenance), linear.Inputs.Select(input => input.Provenance));
        Assert.Equal(result.Detected, linear.Detected);
    }

    [Fact]
    public void Json_IsTheSameForAnyNumberOfThreads()
    {
        NpyFile.WritePair(folder, rows: 9000);
        string alone = Measure("img.npy", "txt.npy", "--format", "json", "--threads", "1").Output;

        Assert.Equal(alone, Measure("img.npy", "txt.npy", "--format", "json", "--threads", "2").Output);
        Assert.Equal(alone, Measure("img.npy", "txt.npy", "--format", "json", "--threads", "5").Output);
        Assert.NotEqual(alone, Measure("img.npy", "txt.npy", "--format", "json", "--seed", "1").Output);
    }

    [Theory]
    [InlineData("result.json", "{")]
    [InlineData("result.md", "# Modality gap")]
    [InlineData("result.csv", "first,second,")]
    [InlineData("result.txt", "2 modalities x 60 pairs")]
    public void Out_ExtensionDecidesTheForm(string name, string start)
    {
        Assert.Empty(Measure("img.npy", "txt.npy", "-o", name).Output);
        Assert.StartsWith(start, File.ReadAllText(folder[name]), StringComparison.Ordinal);
    }

    [Fact]
    public void ThreeFiles_GiveThreePairsAndTheirMatrix()
    {
        var random = new Random(5);
        NpyFile.Write(folder["eeg.npy"], [.. Enumerable.Range(0, 60 * 16).Select(_ => random.NextSingle())], 60, 16);

        Assert.Equal(["image/text", "image/eeg", "text/eeg"], Json("img.npy", "txt.npy", "eeg.npy").Pairs.Select(pair => $"{pair.First}/{pair.Second}"));
        Assert.Contains("Gap between", Measure("img.npy", "txt.npy", "eeg.npy").Output, StringComparison.Ordinal);
        Assert.Contains("gap between", Measure("img.npy", "txt.npy", "eeg.npy", "--format", "md").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NoFingerprint_LeavesItOut()
    {
        Assert.Equal("none", Json("img.npy", "txt.npy", "--no-fingerprint").Inputs[0].Provenance.Fingerprint.Algorithm);
        Assert.Equal("sha256", Json("img.npy", "txt.npy").Inputs[0].Provenance.Fingerprint.Algorithm);
        ToolRun alone = ModgapProcess.Run(folder.Path, "measure", "img.npy", "txt.npy", "--no-fingerprint");
        Assert.Equal((2, "modgap: --no-fingerprint goes with --linear."), (alone.ExitCode, alone.Errors.TrimEnd()));
    }

    [Theory]
    [InlineData("--captions-per-item", "5")]
    [InlineData("--temperatures", "0.1")]
    [InlineData("--prevalence", "0.1")]
    [InlineData("--maps", "pca")]
    [InlineData("--pair-by", "id")]
    public void OptionsOfOtherMeasures_AreRefused(string option, string value)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "measure", "img.npy", "txt.npy", "--linear", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(option, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void BadInputs_NameFileFaultAndWayOut()
    {
        float[] values = [.. Enumerable.Range(0, 60 * 16).Select(i => (float)(i % 7 + 1))];
        NpyFile.Write(folder["short.npy"], values[..(59 * 16)], 59, 16);
        Refuses("short.npy", "it has 59 rows, img.npy 60");
        Array.Clear(values, 3 * 16, 16);
        values[9 * 16] = float.NaN;
        NpyFile.Write(folder["faulty.npy"], values, 60, 16);
        Refuses("faulty.npy", "faulty.npy: row 9 holds NaN; row 3 holds only zeros. Such rows have no direction");
        Assert.StartsWith("2 modalities x 58 pairs", Measure("img.npy", "faulty.npy", "--skip-invalid").Output, StringComparison.Ordinal);
        File.WriteAllBytes(folder["cut.npy"], File.ReadAllBytes(folder["txt.npy"])[..^100]);
        Refuses("cut.npy", "100");
        Refuses("nowhere.npy", "nowhere.npy:");
        File.Copy(folder["img.npy"], folder["copy.npy"]);
        Refuses("copy.npy", "it is a copy of img.npy");
        Assert.Equal(3, ModgapProcess.Run(folder.Path, "measure", "img.npy", "--linear").ExitCode);
    }

    [Fact]
    public void DryRun_ReadsTheHeadersOnly()
    {
        string output = Measure("img.npy", "txt.npy", "--dry-run").Output;

        Assert.Contains("image: img.npy, 60 rows x 16 dimensions, npy, float32", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was run.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pipe_CarriesDataOnly()
    {
        ToolRun run = ModgapProcess.Shell(folder.Path, "$MODGAP measure img.npy txt.npy --linear --format csv | cut -d, -f3 | sort -u | head -3");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("angle-between-centroids", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 modalities x 60 pairs", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreThanMemoryHolds_IsRefusedWithoutLinear()
    {
        NpyFile.WriteRaw(folder["large.npy"], "<f2", [2, 200_000, 512], []);
        using (FileStream file = File.OpenWrite(folder["large.npy"]))
            file.SetLength(file.Length + 2L * 200_000 * 512 * 2);

        ToolRun run = ModgapProcess.Run(folder.Path, [("DOTNET_GCHeapHardLimit", "0x20000000")], "measure", "large.npy");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("takes about 2.5 GB of memory, and this process may use 0.5 GB. modgap measure --linear", run.Errors, StringComparison.Ordinal);
        ToolRun linear = ModgapProcess.Run(
            folder.Path, [("DOTNET_GCHeapHardLimit", "0x4000000")], "measure", "large.npy", "--linear", "--no-fingerprint");
        Assert.Contains("rows 0, 1, 2, 3, 4 and 199995 more hold only zeros.", linear.Errors, StringComparison.Ordinal);
    }

    private void Refuses(string file, string words)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "measure", "img.npy", file, "--linear");

        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("modgap: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private ToolRun Measure(params string[] arguments)
    {
        ToolRun run = ModgapProcess.Run(folder.Path, ["measure", .. arguments, "--linear"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run;
    }

    private LinearResult Json(params string[] arguments)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Measure([.. arguments, "--format", "json"]).Output));
        return LinearJson.Read(stream);
    }
}
