using ModalityGap.Cli;
using ModalityGap.CommandLine;

return new Tool("modgap", CommandTree.Build).Run(args);
