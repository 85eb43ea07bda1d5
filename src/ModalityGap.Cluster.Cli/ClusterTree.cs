using System.CommandLine;
using ModalityGap.Cluster.Cli.Verbs;
using ModalityGap.CommandLine;

namespace ModalityGap.Cluster.Cli;

/// <summary>The verbs of the cluster's tool. A new verb is entered here.</summary>
internal static class ClusterTree
{
    public static RootCommand Build(Terminal terminal, CancellationToken cancellation) => ToolRoot.Create(
        "Measures the gap of sharded embeddings on several processes or machines.",
        terminal,
        WorkerVerb.Create(terminal, cancellation),
        RunVerb.Create(terminal, cancellation));
}
