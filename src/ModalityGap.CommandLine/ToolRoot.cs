using System.CommandLine;
using System.CommandLine.Help;

namespace ModalityGap.CommandLine;

/// <summary>The command above a tool's verbs: help on every level, nothing that the parser adds by itself, and help where no verb is named.</summary>
internal static class ToolRoot
{
    public static RootCommand Create(string description, Terminal terminal, params ReadOnlySpan<Command> verbs)
    {
        var root = new RootCommand(description);
        root.Directives.Clear();
        root.Options.Clear();
        root.Options.Add(new HelpOption("--help", "-h") { Description = "Show this help.", Recursive = true });
        foreach (Command verb in verbs)
            root.Subcommands.Add(verb);
        root.SetAction(_ => ShowHelp(root, terminal));
        return root;
    }

    public static int ShowHelp(RootCommand root, Terminal terminal) =>
        root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error });
}
