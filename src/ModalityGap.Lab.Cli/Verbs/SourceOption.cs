using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary><c>--data</c>, for the verbs that read a set beside other things.</summary>
internal static class SourceOption
{
    public static Option<string?> Create(string usual)
    {
        var option = new Option<string?>("--data")
        {
            Description = $"{string.Join(", ", DataSource.Names)}; or a folder of pictures with captions, a COCO json or a tar of WebDataset; default {usual}.",
            HelpName = "SOURCE",
        };
        option.CompletionSources.Add([.. DataSource.Names]);
        return option;
    }

    /// <summary>Opens the set with progress, and says what was noticed.</summary>
    public static ImageTextSet Open(string source, DataOptions options, Terminal terminal, bool quiet, CancellationToken cancellation)
    {
        OpenedData opened = Work.Run(terminal, quiet, progress => DataSource.Open(source, options, progress, cancellation));
        if (!quiet)
            foreach (Finding finding in opened.Findings)
                terminal.Say($"note: {finding.Message}");
        return opened.Set;
    }
}
