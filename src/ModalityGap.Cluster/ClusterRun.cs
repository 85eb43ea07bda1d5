using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModalityGap.Embeddings;
using Orleans.Configuration;
using Orleans.Runtime.Placement;

namespace ModalityGap.Cluster;

/// <summary>
/// One run of a job: asks for what is out until it is there, gives what was lost to others, and merges the parts. Workers that join get shards at the next
/// count; a run that is stopped goes on from the parts that it kept.
/// </summary>
/// <param name="job">What is measured.</param>
/// <param name="work">How parts merge.</param>
/// <param name="keep">Where finished parts are kept, so that a later run goes on; <c>null</c> for nowhere.</param>
public sealed class ClusterRun(ClusterJob job, IShardWork work, IPartShelf? keep)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan BetweenCounts = TimeSpan.FromSeconds(1);

    private readonly MergeTree tree = new(job.Shards, work.Merge);
    private readonly ShardBoard board = new(job);

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
            return await Collect(host.Services.GetRequiredService<IGrainFactory>(), membership, progress, cancellation);
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
                board.Open(shard);
    }

    private async Task<byte[]> Collect(IGrainFactory grains, Membership membership, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        SiloAddress[] workers = [];
        DateTime seen = DateTime.UtcNow;
        Task<SiloAddress[]?> count = Count(grains);
        try
        {
            while (true)
            {
                if (count.IsCompleted)
                {
                    if (await count is { } counted)
                    {
                        workers = counted;
                        board.TakeBackFromAllBut(workers);
                        seen = workers.Length > 0 ? DateTime.UtcNow : seen;
                    }
                    count = CountLater(grains, cancellation);
                }
                if (DateTime.UtcNow - seen > Patience)
                    throw Alone(membership, null);
                board.GiveTo(workers);
                foreach (GivenShard one in board.Given)
                    await Look(grains, one);
                progress?.Report(new AnalysisProgress(
                    $"{tree.Come} of {job.Shards} shards, {Counted(workers.Length, "worker")}",
                    (tree.Come + board.Given.Sum(one => one.Done)) / job.Shards));
                if (tree.Root is { } root)
                    return root;
                await Task.Delay(BetweenLooks, cancellation);
            }
        }
        catch
        {
            await Task.WhenAll(board.Given.Select(one => Forget(grains, one.Shard)));
            throw;
        }
    }

    private static async Task<SiloAddress[]?> CountLater(IGrainFactory grains, CancellationToken cancellation)
    {
        await Task.Delay(BetweenCounts, cancellation);
        return await Count(grains);
    }

    // Null where it cannot be told: then nobody has gone yet.
    private static async Task<SiloAddress[]?> Count(IGrainFactory grains)
    {
        try
        {
            return [.. (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys.Order()];
        }
        catch (Exception exception) when (IsOfTheWay(exception))
        {
            return null;
        }
    }

    // Takes the answer where there is one, and asks again.
    private async Task Look(IGrainFactory grains, GivenShard one)
    {
        if (one.Question is { IsCompleted: false })
            return;
        ShardAnswer? answer = one.Question is null ? null : await one.Question;
        if (answer?.Fault is { } fault)
            throw new EmbeddingDataException(answer.FaultSource ?? job.KeyOf(one.Shard), fault, answer.FaultRemedy ?? "");
        if (answer?.Part is not { } part)
        {
            one.Done = answer?.Done ?? one.Done;
            one.Question = Ask(grains, one);
            return;
        }
        keep?.Keep(one.Shard, part);
        tree.Add(one.Shard, part);
        board.Finish(one.Shard);
        await Forget(grains, one.Shard);
    }

    // Null where no answer came. Whether the worker is gone is found out when workers are counted.
    private async Task<ShardAnswer?> Ask(IGrainFactory grains, GivenShard one)
    {
        try
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, one.Worker);
            return await grains.GetGrain<IShardGrain>(job.KeyOf(one.Shard)).Ask(job, one.Shard);
        }
        catch (Exception exception) when (IsOfTheWay(exception))
        {
            return null;
        }
        finally
        {
            RequestContext.Clear();
        }
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
        $"no worker answered within {Counted((long)Patience.TotalSeconds, "second")}; {tree.Come} of {job.Shards} shards are done.",
        membership.Advice + (keep is null ? "" : " The same command goes on from the parts that are there."),
        inner);

    private static string Counted(long count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
