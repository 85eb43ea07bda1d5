using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Cli.Verbs;

namespace ModalityGap.Lab.Cli;

/// <summary>The verbs of the laboratory. A new verb is entered here.</summary>
internal static class LabTree
{
    public static RootCommand Build(Terminal terminal, CancellationToken cancellation) => ToolRoot.Create(
        "Trains small dual encoders and watches the modality gap.",
        terminal,
        DataVerb.Create(terminal, cancellation),
        TrainVerb.Create(terminal, cancellation),
        EmbedVerb.Create(terminal, cancellation),
        ZeroShotVerb.Create(terminal, cancellation),
        ReproduceVerb.Create(terminal, cancellation),
        DoctorVerb.Create(terminal));
}
