using System.CommandLine;
using System.CommandLine.Help;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Cli.Verbs;

namespace ModalityGap.Lab.Cli;

/// <summary>The verbs of the laboratory. A new verb is entered here.</summary>
internal static class LabTree
{
    public static RootCommand Build(Terminal terminal, CancellationToken cancellation)
    {
        var root = new RootCommand("Trains small dual encoders and watches the modality gap.");
        root.Directives.Clear();
        root.Options.Clear();
        root.Options.Add(new HelpOption("--help", "-h") { Description = "Show this help.", Recursive = true });
        root.Subcommands.Add(DataVerb.Create(terminal, cancellation));
        root.Subcommands.Add(TrainVerb.Create(terminal, cancellation));
        root.Subcommands.Add(EmbedVerb.Create(terminal, cancellation));
        root.Subcommands.Add(ZeroShotVerb.Create(terminal, cancellation));
        root.Subcommands.Add(ReproduceVerb.Create(terminal, cancellation));
        root.Subcommands.Add(DoctorVerb.Create(terminal));
        root.SetAction(_ => root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error }));
        return root;
    }
}
