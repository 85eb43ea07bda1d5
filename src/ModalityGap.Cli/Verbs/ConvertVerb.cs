using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Conversion;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap convert FILE... -o OUT</c>: the same rows in another format.</summary>
internal static class ConvertVerb
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("convert", "Write the rows of these files in another format, exactly as they are.");
        var inputs = new InputArguments(command);
        Option<string?> path = OutputOption.Out(
            $"The file to write; its ending says the format. With {ConversionPlan.Placeholder} in its name, one file per modality.");
        path.Required = true;
        Option<string?> type = ElementTypeOption.Create();
        Option<bool> quiet = OutputOption.Quiet();
        command.Options.Add(path);
        command.Options.Add(type);
        command.Options.Add(quiet);
        command.SetAction(parsed =>
        {
            string target = parsed.GetValue(path)!;
            IEmbeddingWriter writer = ConversionPlan.WriterFor(target, inputs.ReadOptions(parsed).Formats);
            bool silent = parsed.GetValue(quiet);
            ConversionPlan plan = Work.Run(terminal, silent, progress =>
            {
                IReadOnlyList<EmbeddingSet> sets = inputs.ReadAny(parsed, progress, cancellation);
                ConversionPlan plan = ConversionPlan.For(sets, target, writer, ElementTypeOption.Parse(parsed.GetValue(type)));
                plan.Run(progress, cancellation);
                return plan;
            });
            if (!silent)
            {
                foreach (string note in plan.Notes)
                    terminal.Say($"note: {note}");
            }
            foreach (PlannedFile file in plan.Files)
                terminal.Out.WriteLine(file.Path);
            return ExitCode.Ok;
        });
        return command;
    }
}
