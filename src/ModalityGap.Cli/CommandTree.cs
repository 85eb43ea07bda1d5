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
        RootCommand root = ToolRoot.Create(
            "Measures the modality gap of CLIP-like embeddings, says what it means and what to do about it.",
            terminal,
            DemoVerb.Create(terminal, cancellation),
            MeasureVerb.Create(terminal, cancellation),
            MergeVerb.Create(terminal, cancellation),
            ReportVerb.Create(terminal, cancellation),
            CorrectVerb.Create(terminal, cancellation),
            ApplyVerb.Create(terminal, cancellation),
            EvaluateVerb.Create(terminal, cancellation),
            EmitVerb.Create(terminal),
            CompareVerb.Create(terminal, cancellation),
            CheckVerb.Create(terminal, cancellation),
            InspectVerb.Create(terminal, cancellation),
            ConvertVerb.Create(terminal, cancellation),
            ExplainVerb.Create(terminal),
            GenerateVerb.Create(terminal, cancellation),
            DoctorVerb.Create(terminal, cancellation));
        var version = new Option<bool>("--version") { Description = "Show the version." };
        root.Options.Add(version);
        root.Subcommands.Add(CompletionVerb.Create(terminal, root));
        root.SetAction(parsed => Root(parsed, version, root, terminal));
        return root;
    }

    private static int Root(ParseResult parsed, Option<bool> version, RootCommand root, Terminal terminal)
    {
        if (!parsed.GetValue(version))
            return ToolRoot.ShowHelp(root, terminal);
        terminal.Out.WriteLine($"modgap {Version}");
        return ExitCode.Ok;
    }
}
