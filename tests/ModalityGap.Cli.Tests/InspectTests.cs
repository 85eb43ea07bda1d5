using System.Text.Json;
using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Inspect_FaultyRows_CountsThemWithoutStopping()
    {
        // Rows: (3, 4), (0, 0), (NaN, 1), (∞, 1), (3, 4) again.
        NpyFile.Write(folder["img.npy"], [3, 4, 0, 0, float.NaN, 1, float.PositiveInfinity, 1, 3, 4], 5, 2);

        ToolRun run = ModgapProcess.Run(folder.Path, "inspect", "img.npy", "--format", "json");

        Assert.True(run.ExitCode == 0, run.Errors);
        using var json = JsonDocument.Parse(run.Output);
        JsonElement modality = json.RootElement[0].GetProperty("modalities")[0];
        JsonElement survey = modality.GetProperty("survey");
        Assert.Equal("image", modality.GetProperty("modality").GetString());
        Assert.Equal(5, modality.GetProperty("rows").GetInt32());
        Assert.Equal([1], survey.GetProperty("zeroRows").EnumerateArray().Select(row => row.GetInt32()));
        Assert.Equal([2], survey.GetProperty("notANumberRows").EnumerateArray().Select(row => row.GetInt32()));
        Assert.Equal([3], survey.GetProperty("infiniteRows").EnumerateArray().Select(row => row.GetInt32()));
        Assert.Equal(1, survey.GetProperty("duplicateRows").GetInt32());
        Assert.Equal(5, survey.GetProperty("norms").GetProperty("mean").GetDouble());
        Assert.Equal(0, survey.GetProperty("norms").GetProperty("deviation").GetDouble());
    }

    [Fact]
    public void Inspect_GoodAndBadFile_ShowsTheOneAndNamesTheOther()
    {
        NpyFile.WritePair(folder);
        File.WriteAllText(folder["bad.npy"], "no array");

        ToolRun run = ModgapProcess.Run(folder.Path, "inspect", "bad.npy", "txt.npy");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("txt.npy", run.Output, StringComparison.Ordinal);
        Assert.Contains("60 x 16", run.Output, StringComparison.Ordinal);
        Assert.Contains("modgap: bad.npy:", run.Errors, StringComparison.Ordinal);
    }
}
