using System.Globalization;
using ModalityGap.Cli.Rendering;
using ModalityGap.Embeddings;
using ModalityGap.Sources;
using Spectre.Console;

namespace ModalityGap.Cli.Inspection;

/// <summary>What a file holds, for the terminal.</summary>
internal sealed class InspectionRenderer(IAnsiConsole console)
{
    public void Render(InspectedFile file)
    {
        FileDescription description = file.Description;
        string bytes = description.Bytes.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
        console.MarkupLine($"[bold]{Markup.Escape(description.Path)}[/] [grey]{Markup.Escape(description.Format)}, {bytes} bytes[/]");
        Table arrays = NewTable("array", "type", "shape", "");
        foreach (ArrayDescription array in description.Arrays)
            arrays.AddRow(
                Markup.Escape(array.Name), Markup.Escape(array.ElementType), string.Join(" x ", array.Shape), $"[grey]{Markup.Escape(array.Note ?? "")}[/]");
        console.Write(arrays);
        if (file.Modalities.Count > 0)
            Modalities(file.Modalities);
    }

    private void Modalities(IReadOnlyList<InspectedModality> modalities)
    {
        Table table = NewTable("modality", "rows x dim", "norms", "zero", "NaN", "infinite", "repeated", "ids");
        foreach (InspectedModality modality in modalities)
            table.AddRow(
                Markup.Escape(modality.Modality),
                $"{modality.Rows} x {modality.Dimensions}",
                Norms(modality.Survey.Norms),
                Count(modality.Survey.ZeroRows.Count),
                Count(modality.Survey.NotANumberRows.Count),
                Count(modality.Survey.InfiniteRows.Count),
                Count(modality.Survey.DuplicateRows),
                modality.HasIds ? "yes" : "no");
        console.Write(table);
        Fingerprint fingerprint = modalities[0].Provenance.Fingerprint;
        if (fingerprint != Fingerprint.None)
            console.MarkupLine($"[grey]{Markup.Escape($"{fingerprint.Algorithm} {fingerprint.Value}")}[/]");
    }

    private static string Norms(NormSummary? norms) => norms switch
    {
        null => "-",
        { AreUnit: true } => "1 (unit)",
        _ => $"{Numbers.Short(norms.Lowest)} to {Numbers.Short(norms.Highest)}",
    };

    private static string Count(int count) => count == 0 ? "0" : $"[yellow]{count}[/]";

    private static Table NewTable(params string[] heads)
    {
        var table = new Table { Border = TableBorder.Simple, BorderStyle = new Style(Color.Grey) };
        foreach (string head in heads)
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(head)}[/]"));
        return table;
    }
}
