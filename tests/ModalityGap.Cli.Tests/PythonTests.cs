using ModalityGap.Testing;

namespace ModalityGap.Cli.Tests;

/// <summary>samples/modgap.py, run by Python.</summary>
public sealed class PythonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PythonTests() => NpyFile.WritePair(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Measure_ReturnsTheResultAsADictionary()
    {
        ToolRun run = Python("""
            result = modgap.measure("img.npy", "txt.npy", modalities=["photo", "caption"], temperatures=[0.05, 1], seed=4, skip_invalid=True)
            pair = result["pairs"][0]
            print(type(result).__name__, result["schemaVersion"], pair["first"], pair["second"])
            print(result["parameters"]["temperatures"], result["parameters"]["seed"], result["parameters"]["skipInvalid"])
            print(0 < pair["measures"]["gap"]["estimate"]["value"] < 2)
            """);

        Assert.Equal("", run.Errors);
        Assert.Equal("dict 1 photo caption\n[0.05, 1] 4 True\nTrue\n", run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Measure_BadInput_RaisesWithTheToolsMessage()
    {
        ToolRun run = Python("""
            try:
                modgap.measure("img.npy", "missing.npy")
            except modgap.ModgapError as error:
                print(error.exit_code, error)
            """);

        Assert.Equal("", run.Errors);
        Assert.StartsWith("3 missing.npy:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_FileThatLooksLikeAnOption_IsAFile()
    {
        File.Copy(folder["txt.npy"], folder["-txt.npy"]);

        ToolRun run = Python("""print(len(modgap.measure("img.npy", "-txt.npy")["pairs"]))""");

        Assert.Equal("", run.Errors);
        Assert.Equal("1", run.Output.Trim());
    }

    [Fact]
    public void Find_NoSuchProgram_Raises()
    {
        ToolRun run = Python("""
            try:
                modgap.measure("img.npy", "txt.npy", executable="no-such-modgap")
            except modgap.ModgapError as error:
                print(error)
            """);

        Assert.Equal("no-such-modgap: there is no such program.", run.Output.Trim());
    }

    [Fact]
    public void Script_PrintsVerdictAndRecommendation()
    {
        ToolRun run = ModgapProcess.Shell(folder.Path, $"python3 -B '{Samples}/modgap.py' img.npy txt.npy");

        Skip(run);
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Output.Trim().Split('\n').Length);
    }

    private static string Samples => Path.Combine(SharedFolder.RepositoryRoot, "samples");

    private ToolRun Python(string program)
    {
        File.WriteAllText(folder["program.py"], "import modgap\n" + program);
        ToolRun run = ModgapProcess.Shell(folder.Path, $"PYTHONPATH='{Samples}' python3 -B program.py");
        Skip(run);
        return run;
    }

    private static void Skip(ToolRun run) => Assert.SkipWhen(run.ExitCode == 127, "python3 is not installed");
}
