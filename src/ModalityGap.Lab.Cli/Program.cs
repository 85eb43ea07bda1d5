using ModalityGap.CommandLine;
using ModalityGap.Lab.Cli;

return new Tool("modgap-lab", LabTree.Build).Run(args);
