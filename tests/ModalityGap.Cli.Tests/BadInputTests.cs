using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>Inputs that cannot be used: exit code 3, a message with file, fault and way out, and nothing written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public BadInputTests() => NpyFile.WritePair(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WrongMagic_NamesTheFile()
    {
        File.WriteAllText(folder["bad.npy"], "this is no array, however long one looks at it\n");
        Refuses("bad.npy", "bad.npy:");
    }

    [Fact]
    public void Empty_NamesTheFile()
    {
        File.WriteAllBytes(folder["bad.npy"], []);
        Refuses("bad.npy", "bad.npy:", "empty");
    }

    [Fact]
    public void Truncated_SaysThatBytesAreMissing()
    {
        byte[] whole = File.ReadAllBytes(folder["txt.npy"]);
        File.WriteAllBytes(folder["bad.npy"], whole[..^100]);
        Refuses("bad.npy", "bad.npy:", "100");
    }

    [Fact]
    public void HeaderThatLiesAboutItsSize_IsRefusedAtOnce()
    {
        NpyFile.WriteRaw(folder["bad.npy"], "<f4", [2_000_000_000, 2_000_000_000], new byte[64]);
        Refuses("bad.npy", "bad.npy:");
    }

    [Theory]
    [InlineData("<c8")]
    [InlineData("<U5")]
    [InlineData("|O")]
    public void WrongElementType_NamesIt(string type)
    {
        NpyFile.WriteRaw(folder["bad.npy"], type, [60, 16], new byte[60 * 16 * 20]);
        Refuses("bad.npy", "bad.npy:");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinite")]
    public void NotFinite_NamesTheRowAndTheWayOut(float value, string word)
    {
        float[] values = Values(60, 16);
        values[(7 * 16) + 3] = value;
        NpyFile.Write(folder["bad.npy"], values, 60, 16);
        Refuses("bad.npy", "bad.npy:", "row 7", word, "--skip-invalid");
    }

    [Fact]
    public void ZeroRows_AreNamedTogether()
    {
        float[] values = Values(60, 16);
        Array.Clear(values, 3 * 16, 16);
        Array.Clear(values, 9 * 16, 16);
        NpyFile.Write(folder["bad.npy"], values, 60, 16);
        Refuses("bad.npy", "rows 3, 9 hold only zeros", "--skip-invalid");
    }

    [Fact]
    public void ZeroRow_WithSkipInvalid_IsLeftOut()
    {
        float[] values = Values(60, 16);
        Array.Clear(values, 3 * 16, 16);
        NpyFile.Write(folder["bad.npy"], values, 60, 16);

        ToolRun run = ModgapProcess.Run(folder.Path, "measure", "img.npy", "bad.npy", "--skip-invalid", "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("59 pairs", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void UnequalCounts_SuggestsCaptionsPerItem()
    {
        NpyFile.Write(folder["captions.npy"], Values(300, 16), 300, 16);
        Refuses("captions.npy", "captions.npy: it has 300 rows", "300 = 5 x 60", "--captions-per-item 5");
        Assert.Equal(0, ModgapProcess.Run(folder.Path, "measure", "img.npy", "captions.npy", "--captions-per-item", "5").ExitCode);
    }

    [Fact]
    public void UnequalDimensions_NamesBoth()
    {
        NpyFile.Write(folder["bad.npy"], Values(60, 8), 60, 8);
        Refuses("bad.npy", "8 dimensions", "16");
    }

    [Fact]
    public void OneRow_IsNotEnough()
    {
        NpyFile.Write(folder["a.npy"], Values(1, 16), 1, 16);
        NpyFile.Write(folder["b.npy"], [.. Values(1, 16).Reverse()], 1, 16);

        ToolRun run = ModgapProcess.Run(folder.Path, "measure", "a.npy", "b.npy");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("modgap: a.npy:", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void OneFileWithOneModality_AsksForTheOther()
    {
        ToolRun run = ModgapProcess.Run(folder.Path, "measure", "img.npy");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("img.npy: it holds one modality; a gap lies between two.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void SameFileTwice_IsRefused() => Refuses("./img.npy", "the same file was given twice");

    [Fact]
    public void CopyOfTheFile_IsRefused()
    {
        File.Copy(folder["img.npy"], folder["copy.npy"]);
        Refuses("copy.npy", "copy.npy: it is a copy of img.npy, byte for byte.");
    }

    [Fact]
    public void Folder_IsRefused()
    {
        Directory.CreateDirectory(folder["texts"]);
        Refuses("texts", "texts:", "folder|directory");
    }

    [Fact]
    public void MissingFile_SuggestsTheOneThatWasMeant() => Refuses("txy.npy", "txy.npy:", "txt.npy");

    [Fact]
    public void NoPermission_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "root may read everything");
        ModgapProcess.Shell(folder.Path, "cp txt.npy closed.npy; chmod 000 closed.npy");
        Refuses("closed.npy", "closed.npy:", "permission");
    }

    private static float[] Values(int rows, int dimensions)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, rows * dimensions).Select(_ => random.NextSingle() - 0.4f)];
    }

    // Every verb that reads refuses in the same way; what is written is checked with a report.
    private void Refuses(string file, params string[] words)
    {
        string[] before = folder.Names;
        ToolRun measured = ModgapProcess.Run(folder.Path, "measure", "img.npy", file);
        ToolRun reported = ModgapProcess.Run(folder.Path, "report", "img.npy", file, "-o", "out.html");
        foreach (ToolRun run in (ToolRun[])[measured, reported])
        {
            Assert.Equal(3, run.ExitCode);
            Assert.StartsWith("modgap: ", run.Errors, StringComparison.Ordinal);
            Assert.All(words, word => Assert.Matches(word.Contains('|') ? word : System.Text.RegularExpressions.Regex.Escape(word), run.Errors));
            Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
            Assert.Empty(run.Output);
        }
        Assert.Equal(before, folder.Names);
    }
}
