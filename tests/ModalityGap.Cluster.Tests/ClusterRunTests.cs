using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModalityGap.Embeddings;

namespace ModalityGap.Cluster.Tests;

/// <summary>Workers of this process on loopback, with a work whose result tells who merged with whom.</summary>
public sealed class ClusterRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_TwoWorkers_BothWorkAndTheResultIsThatOfOne()
    {
        using var cluster = new LocalCluster();
        var (first, second) = (new Letters(), new Letters());
        await cluster.Join(first);
        await cluster.Join(second);

        byte[] part = await new ClusterRun(Job(9), first, null).Run(cluster.Membership, null, Cancellation);

        Assert.Equal("((((ab)(cd))((ef)(gh)))i)", Encoding.ASCII.GetString(part));
        Assert.Equal(9, first.Measured.Count + second.Measured.Count);
        Assert.NotEmpty(first.Measured);
        Assert.NotEmpty(second.Measured);
    }

    [Fact]
    public async Task Run_WorkerThatJoinsLater_GetsShards()
    {
        using var cluster = new LocalCluster();
        var (first, second) = (new Letters { Milliseconds = 150 }, new Letters { Milliseconds = 150 });
        await cluster.Join(first);
        Task<byte[]> run = new ClusterRun(Job(26), first, null).Run(cluster.Membership, null, Cancellation);
        while (first.Measured.Count < 2)
            await Task.Delay(20, Cancellation);

        await cluster.Join(second);
        await run;

        Assert.NotEmpty(second.Measured);
    }

    [Fact]
    public async Task Run_KeptParts_AreNotMeasuredAgain()
    {
        using var cluster = new LocalCluster();
        var letters = new Letters();
        await cluster.Join(letters);
        var shelf = new Shelf { [1] = [(byte)'b'], [3] = [(byte)'d'] };

        byte[] part = await new ClusterRun(Job(4), letters, shelf).Run(cluster.Membership, null, Cancellation);

        Assert.Equal("((ab)(cd))", Encoding.ASCII.GetString(part));
        Assert.Equal([0, 2], letters.Measured.Order());
        Assert.Equal(4, shelf.Count);
        // With all of them there is nobody to ask.
        Assert.Equal(part, await new ClusterRun(Job(4), letters, shelf).Run(new LocalMembership(1, 1), null, Cancellation));
    }

    [Fact]
    public async Task Run_FaultyInput_IsTheSentenceOfOneProcess()
    {
        using var cluster = new LocalCluster();
        var letters = new Letters { Fails = 2 };
        await cluster.Join(letters);

        EmbeddingDataException fault = await Assert.ThrowsAsync<EmbeddingDataException>(
            () => new ClusterRun(Job(5), letters, null).Run(cluster.Membership, null, Cancellation));

        Assert.Equal("img_2.npy: it is cut off. Export it again.", fault.Message);
    }

    [Fact]
    public async Task Run_WorkThatFailsInAnotherWay_EndsInASentenceToo()
    {
        using var cluster = new LocalCluster();
        var letters = new Letters { Breaks = 1 };
        await cluster.Join(letters);

        EmbeddingDataException fault = await Assert.ThrowsAsync<EmbeddingDataException>(
            () => new ClusterRun(Job(5), letters, null).Run(cluster.Membership, null, Cancellation));

        Assert.Contains("a worker failed on it: the disk is gone (IOException)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WorkerOfAnotherVersion_Refuses()
    {
        using var cluster = new LocalCluster();
        await cluster.Join(new Letters());

        EmbeddingDataException fault = await Assert.ThrowsAsync<EmbeddingDataException>(
            () => new ClusterRun(Job(5) with { Tool = "modgap 0.0.1" }, new Letters(), null).Run(cluster.Membership, null, Cancellation));

        Assert.Contains("modgap 0.0.1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoWorker_SaysHowToStartOne()
    {
        using var cluster = new LocalCluster();

        EmbeddingDataException alone = await Assert.ThrowsAsync<EmbeddingDataException>(
            () => new ClusterRun(Job(3), new Letters(), null) { Patience = TimeSpan.FromSeconds(2) }.Run(cluster.Membership, null, Cancellation));

        Assert.Contains("no worker answered within 2 seconds", alone.Message, StringComparison.Ordinal);
        Assert.Contains("modgap-cluster worker", alone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Stopped_StopsTheWorkers()
    {
        using var cluster = new LocalCluster();
        var letters = new Letters { Milliseconds = 60_000 };
        await cluster.Join(letters);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<byte[]> run = new ClusterRun(Job(3), letters, null).Run(cluster.Membership, null, stop.Token);
        while (letters.Started == 0)
            await Task.Delay(20, Cancellation);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        for (int i = 0; i < 100 && letters.Stopped == 0; i++)
            await Task.Delay(50, Cancellation);
        Assert.True(letters.Stopped > 0);
    }

    /// <summary>A run that was killed tells nobody.</summary>
    [Fact]
    public async Task Shard_ThatNobodyAsksAnyMore_StopsItsWork()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MODGAP_SLOW_TESTS") != "1", "takes three minutes: set MODGAP_SLOW_TESTS=1 to run it");
        using var cluster = new LocalCluster();
        var letters = new Letters { Milliseconds = 600_000 };
        await cluster.Join(letters);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(cluster.Membership.Ask);
        using (IHost client = builder.Build())
        {
            await client.StartAsync(Cancellation);
            ClusterJob job = Job(1);
            await client.Services.GetRequiredService<IGrainFactory>().GetGrain<IShardGrain>(job.KeyOf(0)).Ask(job, 0);
            await client.StopAsync(Cancellation);
        }
        Assert.Equal(1, letters.Started);
        for (int i = 0; i < 240 && letters.Stopped == 0; i++)
            await Task.Delay(1000, Cancellation);
        Assert.Equal(1, letters.Stopped);
    }

    private static ClusterJob Job(int shards) => new()
    {
        Inputs = ["nothing"],
        Shards = shards,
        Seed = 1,
        SamplePairs = 50,
        Run = Guid.NewGuid().ToString("N"),
        Tool = ToolVersion.Name,
    };

    private sealed class Shelf : Dictionary<int, byte[]>, IPartShelf
    {
        public byte[]? Find(int shard) => GetValueOrDefault(shard);

        public void Keep(int shard, byte[] part) => Add(shard, part);

        private byte[]? GetValueOrDefault(int shard) => TryGetValue(shard, out byte[]? part) ? part : null;
    }

    /// <summary>A shard is a letter, a merger puts brackets around.</summary>
    private sealed class Letters : IShardWork
    {
        private int started, stopped;

        public int Milliseconds { get; init; } = 30;

        public int Fails { get; init; } = -1;

        public int Breaks { get; init; } = -1;

        public System.Collections.Concurrent.ConcurrentBag<int> Measured { get; } = [];

        public int Started => started;

        public int Stopped => stopped;

        public byte[] Measure(ClusterJob job, int shard, IProgress<double> progress, CancellationToken cancellation)
        {
            if (shard == Fails)
                throw new EmbeddingDataException($"img_{shard}.npy", "it is cut off.", "Export it again.");
            if (shard == Breaks)
                throw new IOException("the disk is gone.");
            Interlocked.Increment(ref started);
            if (cancellation.WaitHandle.WaitOne(Milliseconds))
            {
                Interlocked.Increment(ref stopped);
                cancellation.ThrowIfCancellationRequested();
            }
            Measured.Add(shard);
            return [(byte)('a' + shard)];
        }

        public byte[] Merge(byte[] first, byte[] second) => [(byte)'(', .. first, .. second, (byte)')'];
    }

    /// <summary>Workers on ports that nobody else has.</summary>
    private sealed class LocalCluster : IDisposable
    {
        private readonly CancellationTokenSource end = new();
        private readonly List<Task> workers = [];

        public LocalMembership Membership { get; } = new(FreePort(), FreePort()) { Name = Guid.NewGuid().ToString("N") };

        public async Task Join(IShardWork work)
        {
            var joined = new TaskCompletionSource();
            int silo = workers.Count == 0 ? Membership.FirstPort : FreePort(), gateway = Membership.FirstGateway + workers.Count;
            workers.Add(Worker.Run(Membership, new WorkerPorts(silo, gateway), work, false, joined.SetResult, end.Token));
            await await Task.WhenAny(joined.Task, workers[^1]);
        }

        public void Dispose()
        {
            end.Cancel();
            Task.WaitAll([.. workers], TimeSpan.FromSeconds(20));
            end.Dispose();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
