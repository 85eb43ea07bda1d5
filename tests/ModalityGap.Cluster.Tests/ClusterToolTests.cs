using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ModalityGap.Accumulation;
using ModalityGap.Cli.Tests;
using ModalityGap.Measures;
using ModalityGap.Sources;
using ModalityGap.Testing;

namespace ModalityGap.Cluster.Tests;

/// <summary>The tool modgap-cluster: workers that are processes on loopback, one of them killed in the middle.</summary>
public sealed class ClusterToolTests : IDisposable
{
    private const int Shards = 40;

    private static readonly ToolProcess Tool = new("modgap-cluster");

    private readonly TemporaryFolder folder = new();
    private readonly List<Process> workers = [];
    private readonly string port = FreePort(), gateway = FreePort();

    public void Dispose()
    {
        foreach (Process worker in workers)
        {
            if (!worker.HasExited)
                worker.Kill();
            worker.Dispose();
        }
        folder.Dispose();
    }

    [Fact]
    public void Run_ThreeWorkersOneKilled_GivesTheResultOfOneProcess()
    {
        WriteShards(rows: 4000);
        Process[] three = [Worker(), Worker(), Worker()];
        ToolRun calm = Run("run", "data", "-o", "calm.json");
        Assert.True(calm.ExitCode == 0, calm.Errors);

        using Process run = Start("run", "data", "--parts", "parts", "-o", "killed.json");
        WaitFor(() => Count("parts") >= 6);
        three[2].Kill();
        ToolRun ended = ToolProcess.Finish(run);

        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Equal(Shards, Count("parts"));
        Assert.Equal(File.ReadAllText(folder["calm.json"]), File.ReadAllText(folder["killed.json"]));
        SameAsOneProcess(Result("killed.json"));
    }

    [Fact]
    public void Run_Interrupted_GoesOnFromItsParts()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        WriteShards(rows: 2000);
        Worker();
        using (Process run = Start("run", "data", "--parts", "parts", "-o", "all.gap"))
        {
            WaitFor(() => Count("parts") >= 4);
            using (Process kill = Process.Start("kill", ["-INT", $"{run.Id}"]))
                kill.WaitForExit();
            ToolRun stopped = ToolProcess.Finish(run);
            Assert.Equal(130, stopped.ExitCode);
            Assert.Contains("goes on from them", stopped.Errors, StringComparison.Ordinal);
        }
        DateTime then = File.GetLastWriteTimeUtc(folder[$"parts/part-0-of-{Shards}.gap"]);

        Assert.Equal(0, Run("run", "data", "--parts", "parts", "-o", "all.gap").ExitCode);

        Assert.Equal(then, File.GetLastWriteTimeUtc(folder[$"parts/part-0-of-{Shards}.gap"]));
        SameAsOneProcess(GapAccumulator.Load(folder["all.gap"]).Compute());
        ToolRun other = Run("run", "data", "--parts", "parts", "--seed", "5");
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("Delete it", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SingleFiles_AreDividedByRows()
    {
        NpyFile.WritePair(folder, rows: 1000, dimensions: 8);
        Worker();

        ToolRun run = Run("run", "img.npy", "txt.npy", "--shares", "7");

        Assert.True(run.ExitCode == 0, run.Errors);
        using var read = new MemoryStream(Encoding.UTF8.GetBytes(run.Output));
        LinearResult result = LinearJson.Read(read);
        Assert.Equal(["image", "text"], result.Inputs.Select(input => input.Modality));
        Assert.Equal(1000, result.Pairs[0].Items);
    }

    [Fact]
    public void Run_BadInputs_AreOneSentence()
    {
        NpyFile.WritePair(folder, rows: 50);
        Worker();
        Assert.Equal(3, Run("run", "img.npy", "nothing.npy", "--shares", "2").ExitCode);
        Assert.Equal(3, Run("run", "img_*.npy", "txt_*.npy").ExitCode);
        ToolRun shares = Run("run", "img.npy", "txt.npy", "--shares", "0");
        Assert.Equal(2, shares.ExitCode);
        Assert.Equal(2, Run("run", "img.npy", "txt.npy", "--postgres", "@NOWHERE").ExitCode);
        Assert.Equal(2, Run("run", "img.npy", "txt.npy", "--modalities", "image,image").ExitCode);
        Assert.Equal(3, Run("run", "img.npy", "txt.npy", "--modalities", "image,text,audio").ExitCode);
        ToolRun missing = Run("run", "img.npy", "nothing.npy");
        Assert.Contains("nothing.npy", missing.Errors, StringComparison.Ordinal);
        Assert.Single(missing.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Worker_WithoutTheFirst_SaysWhomItWaitsFor()
    {
        Process worker = ToolProcess.Start(folder.Path, [], Tool.Path, "worker", "--port", FreePort(), "--gateway", FreePort(), "--first-port", port);
        workers.Add(worker);

        Assert.Contains($"The first one listens at port {port}", worker.StandardError.ReadLine(), StringComparison.Ordinal);
    }

    [Fact]
    public void Worker_ThreeInTheSameMoment_TakePortsOfTheirOwn()
    {
        Process[] three = [.. Enumerable.Range(0, 3).Select(_ => Start("worker"))];
        workers.AddRange(three);

        string[] lines = [.. three.Select(Ready)];

        Assert.Equal(3, lines.Distinct().Count());
        ToolRun taken = Tool.Run(folder.Path, [], "worker", "--port", port);
        Assert.Equal(2, taken.ExitCode);
        Assert.Contains("is in use", taken.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutAWorker_SaysHowToStartOne()
    {
        NpyFile.WritePair(folder, rows: 50);
        ToolRun run = Run("run", "img.npy", "txt.npy", "--patience", "1");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("no worker answered within 1 second", run.Errors, StringComparison.Ordinal);
        Assert.Contains("modgap-cluster worker", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Worker_Interrupted_EndsInPeace()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        Process worker = Worker();
        using (Process kill = Process.Start("kill", ["-INT", $"{worker.Id}"]))
            kill.WaitForExit();
        Assert.True(worker.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, worker.ExitCode);
    }

    private void WriteShards(int rows)
    {
        Directory.CreateDirectory(folder["data/img_emb"]);
        Directory.CreateDirectory(folder["data/text_emb"]);
        for (int k = 0; k < Shards; k++)
            NpyFile.WritePair(folder, rows + k, 32, $"data/img_emb/img_emb_{k}.npy", $"data/text_emb/text_emb_{k}.npy");
    }

    private void SameAsOneProcess(LinearResult result)
    {
        LinearResult one = LinearAnalysis.Run(EmbeddingCorpus.Open([folder["data"]]));
        Assert.Equal(one.Pairs[0].Items, result.Pairs[0].Items);
        Assert.Equal(one.Inputs.Select(input => input.Provenance.Fingerprint), result.Inputs.Select(input => input.Provenance.Fingerprint));
        foreach ((string key, Measurement measurement) in one.Pairs[0].Measures)
            Assert.Equal(measurement.Estimate!.Value, result.Pairs[0].Measures[key].Estimate!.Value, 1e-9);
    }

    private LinearResult Result(string name)
    {
        using FileStream file = File.OpenRead(folder[name]);
        return LinearJson.Read(file);
    }

    private int Count(string name) => Directory.Exists(folder[name]) ? Directory.GetFiles(folder[name], "*.gap").Length : 0;

    private static void WaitFor(Func<bool> condition)
    {
        for (int i = 0; i < 2400 && !condition(); i++)
            Thread.Sleep(25);
        Assert.True(condition());
    }

    private Process Worker()
    {
        Process worker = ToolProcess.Start(folder.Path, [], Tool.Path, "worker", "--first-port", port, "--first-gateway", gateway);
        workers.Add(worker);
        Ready(worker);
        return worker;
    }

    // On a busy machine a worker may first say that it still looks for the others.
    private static string Ready(Process worker)
    {
        string said = "";
        while (worker.StandardError.ReadLine() is { } line)
        {
            if (line.Contains("asked at port", StringComparison.Ordinal))
                return line;
            said += line;
        }
        throw new InvalidOperationException($"The worker ended before it could be asked: {said}");
    }

    private Process Start(params string[] arguments) =>
        ToolProcess.Start(folder.Path, [], Tool.Path, [.. arguments, "--first-port", port, "--first-gateway", gateway]);

    private ToolRun Run(params string[] arguments) => Tool.Run(folder.Path, [], [.. arguments, "--first-port", port, "--first-gateway", gateway]);

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
