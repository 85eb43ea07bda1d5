using System.CommandLine;
using System.CommandLine.Help;
using ModalityGap.Cluster.Cli.Verbs;
using ModalityGap.CommandLine;

namespace ModalityGap.Cluster.Cli;

/// <summary>The verbs of the cluster's tool.</summary>
internal static class ClusterTree
{
    public static RootCommand Build(Terminal terminal, CancellationToken cancellation)
    {
        var root = new RootCommand("Measures the gap of sharded embeddings on several processes or machines.");
        root.Directives.Clear();
        root.Options.Clear();
        root.Options.Add(new HelpOption("--help", "-h") { Description = "Show this help.", Recursive = true });
        root.Subcommands.Add(WorkerVerb.Create(terminal, cancellation));
        root.Subcommands.Add(RunVerb.Create(terminal, cancellation));
        root.SetAction(_ => root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error }));
        return root;
    }
}
