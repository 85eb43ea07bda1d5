using ModalityGap.Cli;
using ModalityGap.CommandLine;
using ModalityGap.Pictures;

return new Tool("modgap", CommandTree.Build, fault => fault is PictureException).Run(args);
