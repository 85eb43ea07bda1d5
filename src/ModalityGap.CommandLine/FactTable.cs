using Spectre.Console;

namespace ModalityGap.CommandLine;

/// <summary>Names and values in two columns.</summary>
internal static class FactTable
{
    public static void Draw(Terminal terminal, IEnumerable<(string Name, string Value)> facts)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 3, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach ((string name, string value) in facts)
            grid.AddRow($"[grey]{Markup.Escape(name)}[/]", Markup.Escape(value));
        terminal.Draw(console => console.Write(grid));
    }
}
