using System.CommandLine;
using ModalityGap.Cli.Arguments;
using ModalityGap.Cli.Conversion;
using ModalityGap.Cli.Correcting;
using ModalityGap.CommandLine;
using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Formats;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Verbs;

/// <summary><c>modgap apply GAP.json FILE --modality NAME -o OUT</c>: rows of any number, corrected.</summary>
internal static class ApplyVerb
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("apply", "Correct the rows of a file, of any size, with a correction that was fitted before.");
        Argument<string> artefact = CorrectionArgument.Create();
        var file = new Argument<string>("FILE") { Description = "Embeddings in any format that modgap reads; npy and safetensors are read in blocks, whatever their size." };
        command.Arguments.Add(artefact);
        command.Arguments.Add(file);
        var role = new RoleOptions(command);
        var baked = new Option<bool>("--baked")
        {
            Description = "Write what is done to scores into the rows, one value more each: documents [a*d, b], queries [q, 1].",
        };
        var skipInvalid = new Option<bool>("--skip-invalid") { Description = "Leave out rows that are zero or not finite instead of stopping." };
        Option<string?> key = new("--key") { Description = "Which array or column of the file to take, where it holds several.", HelpName = "KEY" };
        Option<string?> idColumn = new("--id-column") { Description = "The column or key that holds the ids; default the first of id, _id, key and name that is there.", HelpName = "NAME" };
        Option<string?> path = OutputOption.Out("The file to write; its ending says the format. npy takes any number of rows in constant memory.");
        path.Required = true;
        Option<string?> type = ElementTypeOption.Create();
        Option<bool> quiet = OutputOption.Quiet();
        foreach (Option option in (Option[])[baked, skipInvalid, key, idColumn, path, type, quiet])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            string source = parsed.GetRequiredValue(file), target = parsed.GetValue(path)!;
            IEmbeddingWriter writer = ConversionPlan.WriterFor(target, AllFormats.List);
            RefuseToReplace(target, source, parsed.GetRequiredValue(artefact));
            FittedCorrection correction = CorrectionFile.Load(parsed.GetRequiredValue(artefact));
            RowRole chosen = role.Of(parsed, correction);
            var options = new ApplyOptions { Baked = parsed.GetValue(baked), SkipInvalid = parsed.GetValue(skipInvalid) };
            var reading = new ReadOptions { Key = parsed.GetValue(key), IdColumn = parsed.GetValue(idColumn), Formats = AllFormats.List, Fingerprint = false };
            CorrectedFile written = Work.Run(terminal, parsed.GetValue(quiet), progress =>
            {
                using var output = OutputFile.Open(target);
                using EmbeddingStream rows = ApplySource.Open(source, chosen, reading, cancellation);
                var result = new CorrectedFile(rows, correction, chosen, options, writer, ElementTypeOption.Parse(parsed.GetValue(type)));
                result.Write(output, progress, cancellation);
                return result;
            });
            if (!parsed.GetValue(quiet))
                foreach (string sentence in written.Sentences)
                    terminal.Say(sentence);
            terminal.Out.WriteLine(target);
            return ExitCode.Ok;
        });
        return command;
    }

    // Rows that were corrected twice are of no use, and the originals may be all there is.
    private static void RefuseToReplace(string target, params IEnumerable<string> inputs)
    {
        if (inputs.Any(input => Path.GetFullPath(input) == Path.GetFullPath(target)))
            throw new UsageException($"--out {target}: this is an input. Write to another file, so that the rows as they were stay.");
    }
}
