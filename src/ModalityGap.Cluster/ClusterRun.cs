using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModalityGap.Embeddings;
using Orleans.Configuration;
using Orleans.Runtime.Placement;

namespace ModalityGap.Cluster;

/// <summary>
/// One run of a job: gives each worker a shard to work on and one to go on with, asks for what is out until it is there, gives what was lost to others, and
/// merges the parts. Workers that join get shards at the next look; a run that is stopped goes on from the parts that it kept.
/// </summary>
/// <param name="job">What is measured.</param>
/// <param name="work">How parts merge.</param>
/// <param name="keep">Where finished parts are kept, so that a later run goes on; <c>null</c> for nowhere.</param>
public sealed class ClusterRun(ClusterJob job, IShardWork work, IPartShelf? keep)
{
    /// <summary>Shards that a worker is given at a time.</summary>
    private const int Each = 2;

    /// <summary>A shard that was lost so often takes its workers with it.</summary>
    private const int MostLosses = 5;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan BetweenCounts = TimeSpan.FromSeconds(1);

    private readonly MergeTree tree = new(job.Shards, work.Merge);
    private readonly Queue<int> open = [];
    private readonly Dictionary<int, Given> given = [];
    private readonly int[] losses = new int[job.Shards];

    /// <summary>How long a run waits for the first worker, or for another one when all have gone.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Measures all shards.</summary>
    /// <param name="membership">Where workers are found.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Stops it; parts that were kept stay.</param>
    /// <returns>The part of all rows.</returns>
    /// <exception cref="EmbeddingDataException">An input cannot be used, or no worker answers.</exception>
    public async Task<byte[]> Run(Membership membership, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(membership);
        TakeKept();
        if (tree.Root is { } all)
            return all;
        for (DateTime until = DateTime.UtcNow + Patience; !membership.IsOpen; await Task.Delay(BetweenLooks, cancellation))
            if (DateTime.UtcNow > until)
                throw Alone(membership, null);
        using IHost host = Client(membership, cancellation);
        try
        {
            await host.StartAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw Alone(membership, exception);
        }
        try
        {
            return await Ask(host.Services.GetRequiredService<IGrainFactory>(), membership, progress, cancellation);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private void TakeKept()
    {
        for (int shard = 0; shard < job.Shards; shard++)
            if (keep?.Find(shard) is { } part)
                tree.Add(shard, part);
            else
                open.Enqueue(shard);
    }

    private async Task<byte[]> Ask(IGrainFactory grains, Membership membership, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        IManagementGrain management = grains.GetGrain<IManagementGrain>(0);
        SiloAddress[] workers = [];
        DateTime counted = DateTime.MinValue, seen = DateTime.UtcNow;
        try
        {
            while (tree.Root is null)
            {
                if (DateTime.UtcNow - counted > BetweenCounts)
                {
                    workers = await Count(management);
                    counted = DateTime.UtcNow;
                    if (workers.Length > 0)
                        seen = counted;
                    else if (counted - seen > Patience)
                        throw Alone(membership, null);
                    TakeBackFrom(gone: [.. given.Where(one => !workers.Contains(one.Value.Worker)).Select(one => one.Key)]);
                }
                GiveTo(workers);
                foreach (int shard in given.Keys.Order().ToArray())
                    await Look(grains, shard);
                progress?.Report(new AnalysisProgress(
                    string.Create(CultureInfo.InvariantCulture, $"{tree.Come} of {job.Shards} shards, {workers.Length} worker{(workers.Length == 1 ? "" : "s")}"),
                    (tree.Come + given.Values.Sum(one => one.Done)) / job.Shards));
                if (tree.Root is null)
                    await Task.Delay(BetweenLooks, cancellation);
            }
            return tree.Root;
        }
        catch
        {
            await Task.WhenAll(given.Keys.Select(shard => Forget(grains, shard)));
            throw;
        }
    }

    private static async Task<SiloAddress[]> Count(IManagementGrain management)
    {
        try
        {
            return [.. (await management.GetHosts(onlyActive: true)).Keys.Order()];
        }
        catch (Exception exception) when (IsOfTheWay(exception))
        {
            return [];
        }
    }

    private void TakeBackFrom(int[] gone)
    {
        foreach (int shard in gone)
        {
            given.Remove(shard);
            open.Enqueue(shard);
            if (++losses[shard] > MostLosses)
                throw new EmbeddingDataException(
                    job.KeyOf(shard), string.Create(CultureInfo.InvariantCulture, $"{losses[shard]} workers ended while they measured this shard."),
                    "Run it alone to see why: modgap measure with --shard, with as much memory as a worker has.");
        }
    }

    private void GiveTo(SiloAddress[] workers)
    {
        for (int round = 1; round <= Each; round++)
            foreach (SiloAddress worker in workers)
                if (open.Count > 0 && given.Values.Count(one => one.Worker.Equals(worker)) < round)
                    given.Add(open.Dequeue(), new Given(worker));
    }

    private async Task Look(IGrainFactory grains, int shard)
    {
        ShardAnswer answer;
        try
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, given[shard].Worker);
            answer = await grains.GetGrain<IShardGrain>(job.KeyOf(shard)).Ask(job, shard);
        }
        catch (Exception exception) when (IsOfTheWay(exception))
        {
            // Whether the worker is gone is found out when workers are counted.
            return;
        }
        finally
        {
            RequestContext.Clear();
        }
        if (answer.Fault is not null)
            throw new EmbeddingDataException(answer.FaultSource ?? job.KeyOf(shard), answer.Fault, answer.FaultRemedy ?? "");
        given[shard].Done = answer.Done;
        if (answer.Part is not { } part)
            return;
        keep?.Keep(shard, part);
        tree.Add(shard, part);
        given.Remove(shard);
        await Forget(grains, shard);
    }

    private async Task Forget(IGrainFactory grains, int shard)
    {
        try
        {
            await grains.GetGrain<IShardGrain>(job.KeyOf(shard)).Forget();
        }
        catch (Exception exception) when (IsOfTheWay(exception))
        {
            // A worker that cannot be told stops by itself when nobody asks any more.
        }
    }

    // Of the cluster, not of the work: a worker that went, a gateway that closed, an answer that did not come.
    private static bool IsOfTheWay(Exception exception) => exception is OrleansException or TimeoutException or OperationCanceledException or IOException;

    private IHost Client(Membership membership, CancellationToken cancellation)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        DateTime until = DateTime.UtcNow + Patience;
        builder.UseOrleansClient(client =>
        {
            membership.Ask(client);
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
            client.UseConnectionRetryFilter(async (_, stop) =>
            {
                await Task.Delay(BetweenCounts, stop);
                return DateTime.UtcNow < until && !cancellation.IsCancellationRequested;
            });
        });
        return builder.Build();
    }

    private EmbeddingDataException Alone(Membership membership, Exception? inner) => new(
        $"cluster {membership.Name}",
        string.Create(CultureInfo.InvariantCulture, $"no worker answered within {Patience.TotalSeconds:0} second{(Patience.TotalSeconds == 1 ? "" : "s")}; {tree.Come} of {job.Shards} shards are done."),
        membership.Advice + (keep is null ? "" : " The same command goes on from the parts that are there."),
        inner);

    private sealed class Given(SiloAddress worker)
    {
        public SiloAddress Worker { get; } = worker;

        public double Done { get; set; }
    }
}
