using System.CommandLine;
using ModalityGap.CommandLine;

namespace ModalityGap.Cluster.Cli;

/// <summary>The options that say where processes of one cluster find each other.</summary>
internal sealed class MembershipFlags
{
    private const int FirstPort = 11111, FirstGateway = 30000;

    private readonly Option<string?> name = new("--cluster")
    {
        Description = "Name of the cluster; processes of another name do not see it. Default modgap.",
        HelpName = "NAME",
    };

    private readonly Option<string?> postgres = new("--postgres")
    {
        Description = "Find each other by a table in PostgreSQL: a connection string of Npgsql, or @NAME for the one in that environment variable.",
        HelpName = "CONNECTION",
    };

    private readonly Option<string?> redis = new("--redis")
    {
        Description = "Find each other in Redis, such as host:6379, or @NAME for the address in that environment variable.",
        HelpName = "ADDRESS",
    };

    private readonly Option<long?> firstPort = NumberOption.Whole(
        "--first-port", $"On one machine: the port of the first worker, which holds the list of the others; default {FirstPort}.", 1, 65535);

    private readonly Option<long?> firstGateway = NumberOption.Whole(
        "--first-gateway",
        $"On one machine: the port at which the first worker is asked; further workers take the next ones. Default {FirstGateway}.",
        1,
        65535);

    public MembershipFlags(Command command)
    {
        foreach (Option option in (Option[])[name, postgres, redis, firstPort, firstGateway])
            command.Options.Add(option);
    }

    public Membership Read(ParseResult parsed)
    {
        string? connection = Secret(parsed.GetValue(postgres), "--postgres"), address = Secret(parsed.GetValue(redis), "--redis");
        if (connection is not null && address is not null)
            throw new UsageException("--postgres and --redis say the same in two ways; give one of them.");
        if ((connection ?? address) is not null && (parsed.GetValue(firstPort) ?? parsed.GetValue(firstGateway)) is not null)
            throw new UsageException("--first-port and --first-gateway are for workers of one machine, without --postgres and --redis.");
        string cluster = parsed.GetValue(name) ?? "modgap";
        return connection is not null ? new PostgresMembership(connection) { Name = cluster }
            : address is not null ? new RedisMembership(address) { Name = cluster }
            : new LocalMembership((int)(parsed.GetValue(firstPort) ?? FirstPort), (int)(parsed.GetValue(firstGateway) ?? FirstGateway)) { Name = cluster };
    }

    // A password on the command line is seen by everybody who lists processes.
    private static string? Secret(string? word, string option) => word is not ['@', .. string variable] ? word
        : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value
        : throw new UsageException($"{option} names the environment variable {variable}, which is not set.");
}
