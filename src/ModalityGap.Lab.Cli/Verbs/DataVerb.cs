using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;
using ModalityGap.Lab.Data.Sheets;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary><c>modgap-lab data SOURCE</c>: fetches or reads a set of pictures with texts and says what is in it.</summary>
internal static class DataVerb
{
    private static readonly DataOptions Usual = new();

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var command = new Command("data", "Fetch or read pictures with texts, prepare them for training, and say what is there.");
        var source = new Argument<string>("SOURCE")
        {
            Description = $"{string.Join(", ", DataSource.Names)}; or a folder of pictures with captions, a COCO json, a tar of WebDataset "
                + "or a folder of these.",
        };
        source.CompletionSources.Add([.. DataSource.Names]);
        command.Arguments.Add(source);
        var flags = new DataFlags(command, $"{Usual.Side}");
        var sheet = new Option<string?>("--contact-sheet")
        {
            Description = "Draw a sample of the set with its captions to this file.",
            HelpName = "FILE.png",
        };
        Option<bool> quiet = OutputOption.Quiet();
        command.Options.Add(sheet);
        command.Options.Add(quiet);
        command.SetAction(parsed =>
        {
            string? page = parsed.GetValue(sheet);
            using OutputFile? output = page is null ? null : OutputFile.Open(page);
            bool silent = parsed.GetValue(quiet);
            OpenedData data = Work.Run(
                terminal, silent, progress => DataSource.Open(parsed.GetValue(source)!, flags.Options(parsed, Usual.Side), progress, cancellation));
            DataSummary.Write(data, terminal.Out);
            output?.Write(ContactSheet.Draw(data.Set));
            if (page is not null)
                terminal.Out.WriteLine($"Contact sheet: {Path.GetFullPath(page)}");
            if (!silent)
                foreach (Finding finding in data.Findings)
                    terminal.Say($"note: {finding.Message}");
            return ExitCode.Ok;
        });
        return command;
    }
}
