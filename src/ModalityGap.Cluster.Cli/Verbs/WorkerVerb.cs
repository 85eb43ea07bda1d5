using System.CommandLine;
using ModalityGap.CommandLine;

namespace ModalityGap.Cluster.Cli.Verbs;

/// <summary><c>modgap-cluster worker</c>: measures shards for whoever runs a job, until it is stopped.</summary>
internal static class WorkerVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("worker", "Measure shards for the runs of this cluster, until stopped with Ctrl-C.");
        var membership = new MembershipFlags(command);
        Option<long?> port = NumberOption.Whole("--port", "Port for other workers; default the first free one from the first worker's.", 1, 65535);
        Option<long?> gateway = NumberOption.Whole("--gateway", "Port for runs; default the first free one from the first worker's.", 1, 65535);
        var verbose = new Option<bool>("--verbose") { Description = "Write what the cluster's machinery says to standard error." };
        Option<bool> quiet = OutputOption.Quiet();
        foreach (Option option in (Option[])[port, gateway, verbose, quiet])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            Membership where = membership.Read(parsed);
            using var claimed = new Ports();
            WorkerPorts ports = PortsOf(claimed, where, (int?)parsed.GetValue(port), (int?)parsed.GetValue(gateway));
            using var patience = new Timer(_ => Wait(), null, Patience, Timeout.InfiniteTimeSpan);
            Worker.Run(where, ports, new LibraryWork(), parsed.GetValue(verbose), Joined, cancellation).GetAwaiter().GetResult();
            return ExitCode.Ok;

            void Wait() => terminal.Say($"still looking for the other workers of cluster {where.Name}. {where.WaitsFor(ports)}");

            void Joined()
            {
                patience.Change(Timeout.Infinite, Timeout.Infinite);
                if (!parsed.GetValue(quiet))
                    terminal.Say($"worker of cluster {where.Name}, asked at port {ports.Gateway}. Ctrl-C ends it.");
            }
        });
        return command;
    }

    private static WorkerPorts PortsOf(Ports claimed, Membership where, int? port, int? gateway)
    {
        (int firstPort, int firstGateway) = where is LocalMembership local ? (local.FirstPort, local.FirstGateway) : (11111, 30000);
        return new WorkerPorts(Of(claimed, port, firstPort, "--port"), Of(claimed, gateway, firstGateway, "--gateway"));
    }

    private static int Of(Ports claimed, int? asked, int from, string option)
    {
        if (asked is { } port)
            return claimed.Claim(port) ? port : throw new UsageException($"port {port} is in use; name a free one with {option}.");
        return claimed.ClaimFirst(from) ?? throw new UsageException($"the ports from {from} on are all in use; name a free one with {option}.");
    }
}
