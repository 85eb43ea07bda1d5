using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;

namespace ModalityGap.Cluster;

/// <summary>Where processes of one cluster find each other.</summary>
public abstract record Membership
{
    private const string Service = "modgap";

    /// <summary>The name of the cluster; processes of another name do not see it.</summary>
    public string Name { get; init; } = Service;

    /// <summary>Sets a worker up.</summary>
    internal abstract void Join(ISiloBuilder silo, WorkerPorts ports);

    /// <summary>Sets a run up, which only asks.</summary>
    internal abstract void Ask(IClientBuilder client);

    /// <summary>Whether somebody can be asked, where that can be seen from outside.</summary>
    internal virtual bool IsOpen => true;

    /// <summary>What there is to check where nobody answers, as a sentence.</summary>
    public abstract string Advice { get; }

    /// <summary>Why a worker may find no other, as a sentence.</summary>
    public virtual string WaitsFor(WorkerPorts ports) => Advice;

    private protected void Identify(ClusterOptions options) => (options.ClusterId, options.ServiceId) = (Name, Service);
}

/// <summary>Processes of one machine. The first worker holds the list of the others: it may not end before them.</summary>
/// <param name="FirstPort">The port of the first worker, default 11111.</param>
/// <param name="FirstGateway">The port at which the first worker is asked; further workers take the next ones. Default 30000.</param>
public sealed record LocalMembership(int FirstPort = 11111, int FirstGateway = 30000) : Membership
{
    /// <summary>How many gateways a run looks at.</summary>
    public const int MostWorkers = 16;

    /// <inheritdoc/>
    public override string Advice => $"Start a worker on this machine with: modgap-cluster worker. It listens at 127.0.0.1:{FirstGateway}.";

    /// <inheritdoc/>
    public override string WaitsFor(WorkerPorts ports) => ports.Silo == FirstPort
        ? Advice
        : $"The first one listens at port {FirstPort} and holds the list of all: start one there, without --port.";

    internal override void Join(ISiloBuilder silo, WorkerPorts ports) =>
        silo.UseLocalhostClustering(ports.Silo, ports.Gateway, new IPEndPoint(IPAddress.Loopback, FirstPort), "modgap", Name);

    // Orleans waits long for a gateway that nobody listens at: only those are named that are open now. One is enough to reach all workers.
    internal override void Ask(IClientBuilder client) => client.UseLocalhostClustering([.. Open().DefaultIfEmpty(FirstGateway)], "modgap", Name);

    internal override bool IsOpen => Open().Any();

    private IEnumerable<int> Open() => Enumerable.Range(FirstGateway, MostWorkers).Where(IsListenedAt);

    private static bool IsListenedAt(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>A table in PostgreSQL, made by the script that Orleans has for it; workers come and go as they like.</summary>
/// <param name="Connection">A connection string of Npgsql.</param>
public sealed record PostgresMembership(string Connection) : Membership
{
    private const string Invariant = "Npgsql";

    /// <inheritdoc/>
    public override string Advice => "Check that workers run with the same database and cluster name, and that Orleans' membership table is there.";

    internal override void Join(ISiloBuilder silo, WorkerPorts ports)
    {
        Register();
        silo.Configure<ClusterOptions>(Identify).ConfigureEndpoints(ports.Silo, ports.Gateway, listenOnAnyHostAddress: true)
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, Connection));
    }

    internal override void Ask(IClientBuilder client)
    {
        Register();
        client.Configure<ClusterOptions>(Identify).UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, Connection));
    }

    private static void Register() => DbProviderFactories.RegisterFactory(Invariant, NpgsqlFactory.Instance);

    /// <summary>Without the connection string, which may hold a password.</summary>
    public override string ToString() => $"PostgreSQL, cluster {Name}";
}

/// <summary>A key in Redis; workers come and go as they like.</summary>
/// <param name="Address">Such as <c>localhost:6379</c>.</param>
public sealed record RedisMembership(string Address) : Membership
{
    /// <inheritdoc/>
    public override string Advice => "Check that workers run with the same Redis and cluster name.";

    internal override void Join(ISiloBuilder silo, WorkerPorts ports) =>
        silo.Configure<ClusterOptions>(Identify).ConfigureEndpoints(ports.Silo, ports.Gateway, listenOnAnyHostAddress: true)
            .UseRedisClustering(options => options.ConfigurationOptions = StackExchange.Redis.ConfigurationOptions.Parse(Address));

    internal override void Ask(IClientBuilder client) => client.Configure<ClusterOptions>(Identify)
        .UseRedisClustering(options => options.ConfigurationOptions = StackExchange.Redis.ConfigurationOptions.Parse(Address));

    /// <summary>Without the address, which may hold a password.</summary>
    public override string ToString() => $"Redis, cluster {Name}";
}

/// <summary>Where a worker listens.</summary>
/// <param name="Silo">For other workers.</param>
/// <param name="Gateway">For runs.</param>
public readonly record struct WorkerPorts(int Silo, int Gateway);
