using ModalityGap.CommandLine;
using ModalityGap.Lab.Cli;
using ModalityGap.Lab.Native;

return new Tool("modgap-lab", LabTree.Build, exception => exception is LibTorchException or MemoryShortage).Run(args);
