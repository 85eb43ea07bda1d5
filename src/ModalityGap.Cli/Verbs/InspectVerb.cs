using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Inspection;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap inspect FILE...</c>: what is in a file, without any analysis.</summary>
internal static class InspectVerb
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("inspect", "Say what these files hold: format, arrays, norms, faulty and repeated rows.");
        var inputs = new InputArguments(command, named: false);
        Option<string?> format = OutputOption.Format("table", "json");
        Option<string?> path = OutputOption.Out("Write the result to this file instead of standard output.");
        command.Options.Add(format);
        command.Options.Add(path);
        command.SetAction(parsed =>
        {
            using var destination = new Destination(terminal, parsed.GetValue(path));
            List<string> faults = [];
            List<InspectedFile> files = [];
            foreach (string file in inputs.Files(parsed))
            {
                cancellation.ThrowIfCancellationRequested();
                Inspect(file, inputs.ReadOptions(parsed), files, faults, cancellation);
            }
            string form = parsed.GetValue(format) ?? (Path.GetExtension(parsed.GetValue(path)) == ".json" ? "json" : "table");
            Write(files, form, destination, terminal);
            foreach (string fault in faults)
                terminal.Complain(fault);
            return faults.Count == 0 ? ExitCode.Ok : ExitCode.Data;
        });
        return command;
    }

    private static void Inspect(
        string path, ReadOptions options, List<InspectedFile> files, List<string> faults, CancellationToken cancellation)
    {
        try
        {
            InspectedFile file = InspectedFile.Of(path, options, cancellation);
            files.Add(file);
            if (file.Fault is not null)
                faults.Add(file.Fault);
        }
        catch (EmbeddingDataException exception)
        {
            faults.Add(exception.Message);
        }
    }

    private static void Write(List<InspectedFile> files, string form, Destination destination, Terminal terminal)
    {
        if (form == "json")
        {
            destination.Write(writer => writer.WriteLine(InspectionJson.ToText(files)));
            return;
        }
        if (destination.IsStandardOutput)
            terminal.Draw(console => files.ForEach(new InspectionRenderer(console).Render));
        else
            destination.Write(writer => Terminal.DrawPlain(writer, console => files.ForEach(new InspectionRenderer(console).Render)));
    }
}
