using ModalityGap.Cluster.Cli;
using ModalityGap.CommandLine;

return new Tool("modgap-cluster", ClusterTree.Build).Run(args);
