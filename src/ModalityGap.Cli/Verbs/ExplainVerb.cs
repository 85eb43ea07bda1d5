using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Measures;
using Spectre.Console;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap explain [MEASURE]</c>: what a number is, from the same text that the report shows.</summary>
internal static class ExplainVerb
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("explain", "Say what a measure is: definition, formula, range, reading, reference.");
        var measure = new Argument<string?>("MEASURE")
        {
            Description = "Its id, as in the results; without it, the list of all.",
            HelpName = "MEASURE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        measure.CompletionSources.Add(_ => MeasureCatalog.All.Select(info => new System.CommandLine.Completions.CompletionItem(info.Id)));
        command.Arguments.Add(measure);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(measure) is { } asked)
                terminal.Draw(console => One(console, Find(asked)));
            else
                terminal.Draw(List);
            return ExitCode.Ok;
        });
        return command;
    }

    // Results name a number "id/subject"; either is understood.
    private static MeasureInfo Find(string asked)
    {
        string id = asked.Split('/', 2)[0];
        if (MeasureCatalog.TryFind(id, out MeasureInfo? info))
            return info;
        // "rmg" is no id, but a name holds it.
        string? named = MeasureCatalog.All.FirstOrDefault(known => known.Name.Contains(id, StringComparison.OrdinalIgnoreCase))?.Id;
        string suggestion = named is not null && id.Length > 1
            ? $" Did you mean {named}?"
            : Suggestion.Sentence(id, MeasureCatalog.All.Select(known => known.Id));
        throw new UsageException($"'{asked}' is not a measure.{suggestion} 'modgap explain' lists them all.");
    }

    private static void List(IAnsiConsole console)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 3, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (MeasureFamily family in MeasureCatalog.Families)
        {
            grid.AddRow($"[grey]{Markup.Escape(family.Name)}[/]", "");
            foreach (MeasureInfo info in family.Infos)
                grid.AddRow($"  [bold]{Markup.Escape(info.Id)}[/]", Markup.Escape(info.Definition));
        }
        console.Write(grid);
    }

    private static void One(IAnsiConsole console, MeasureInfo info)
    {
        console.MarkupLine($"[bold]{Markup.Escape(info.Name)}[/] [grey]({Markup.Escape(info.Id)})[/]");
        console.WriteLine();
        console.Write(new Markup(Markup.Escape(info.Definition) + Environment.NewLine));
        console.WriteLine();
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 3, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        grid.AddRow("[grey]formula[/]", Markup.Escape(info.Formula));
        grid.AddRow("[grey]range[/]", Markup.Escape(info.Range));
        grid.AddRow("[grey]better[/]", info.Direction switch
        {
            Direction.HigherIsBetter => "higher",
            Direction.LowerIsBetter => "lower",
            _ => "neither; it describes",
        });
        grid.AddRow("[grey]reading[/]", Markup.Escape(info.Reading));
        grid.AddRow("[grey]reference[/]", Markup.Escape(info.Reference));
        console.Write(grid);
    }
}
