using System.CommandLine.Help;
using System.CommandLine;
using System.Reflection;
using ModalityGap.Cli.Verbs;
using ModalityGap.CommandLine;

namespace ModalityGap.Cli;

/// <summary>The verbs of the tool. A new verb is entered here.</summary>
internal static class CommandTree
{
    /// <summary>The version as packages have it, without the commit.</summary>
    public static string Version { get; } =
        typeof(CommandTree).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static RootCommand Build(Terminal terminal, CancellationToken cancellation)
    {
        var root = new RootCommand("Measures the modality gap of CLIP-like embeddings, says what it means and what to do about it.");
        root.Directives.Clear();
        root.Options.Clear();
        root.Options.Add(new HelpOption("--help", "-h") { Description = "Show this help.", Recursive = true });
        var version = new Option<bool>("--version") { Description = "Show the version." };
        root.Options.Add(version);
        root.Subcommands.Add(DemoVerb.Create(terminal, cancellation));
        root.Subcommands.Add(MeasureVerb.Create(terminal, cancellation));
        root.Subcommands.Add(MergeVerb.Create(terminal, cancellation));
        root.Subcommands.Add(ReportVerb.Create(terminal, cancellation));
        root.Subcommands.Add(CorrectVerb.Create(terminal, cancellation));
        root.Subcommands.Add(ApplyVerb.Create(terminal, cancellation));
        root.Subcommands.Add(EvaluateVerb.Create(terminal, cancellation));
        root.Subcommands.Add(EmitVerb.Create(terminal));
        root.Subcommands.Add(CompareVerb.Create(terminal, cancellation));
        root.Subcommands.Add(CheckVerb.Create(terminal, cancellation));
        root.Subcommands.Add(InspectVerb.Create(terminal, cancellation));
        root.Subcommands.Add(ConvertVerb.Create(terminal, cancellation));
        root.Subcommands.Add(ExplainVerb.Create(terminal));
        root.Subcommands.Add(GenerateVerb.Create(terminal, cancellation));
        root.Subcommands.Add(DoctorVerb.Create(terminal, cancellation));
        root.Subcommands.Add(CompletionVerb.Create(terminal, root));
        root.SetAction(parsed => Root(parsed, version, root, terminal));
        return root;
    }

    private static int Root(ParseResult parsed, Option<bool> version, RootCommand root, Terminal terminal)
    {
        if (!parsed.GetValue(version))
            return root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error });
        terminal.Out.WriteLine($"modgap {Version}");
        return ExitCode.Ok;
    }
}
