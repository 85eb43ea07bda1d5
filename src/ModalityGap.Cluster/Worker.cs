using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace ModalityGap.Cluster;

/// <summary>A process that measures the shards that it is asked for.</summary>
public static class Worker
{
    /// <summary>Joins the cluster and works until it is stopped; shards in work then go to the other workers.</summary>
    /// <param name="membership">Where the others are found.</param>
    /// <param name="ports">Where this one listens.</param>
    /// <param name="work">What is done with a shard.</param>
    /// <param name="isVerbose">Whether what Orleans says goes to standard error.</param>
    /// <param name="joined">Told when the worker can be asked.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task Run(
        Membership membership, WorkerPorts ports, IShardWork work, bool isVerbose, Action joined, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(membership);
        ArgumentNullException.ThrowIfNull(joined);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        if (isVerbose)
            builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(work).AddSingleton<WorkSlots>();
        builder.UseOrleans(silo =>
        {
            membership.Join(silo, ports);
            silo.Configure<ClusterMembershipOptions>(Liveness);
            // A worker that is told to end does not finish its shard: another one takes it.
            silo.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        });
        using IHost host = builder.Build();
        await host.StartAsync(cancellation);
        joined();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    // A process that was killed is known to be dead after a few seconds, not half a minute.
    private static void Liveness(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedProbesLimit = 2;
        options.NumVotesForDeathDeclaration = 1;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(5);
    }
}
