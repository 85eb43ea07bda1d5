using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Embeddings;
using ModalityGap.Lab.Data;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>The options that say where pictures and texts come from and what training is not to see.</summary>
internal sealed class DataFlags
{
    private const int DefaultSide = 32;

    private readonly Option<string?> data;
    private readonly Option<string?> cache = new("--cache") { Description = "Where downloads and prepared data are kept.", HelpName = "DIR" };
    private readonly Option<string?> images = new("--images") { Description = "The folder of the pictures that a COCO file names.", HelpName = "DIR" };
    private readonly Option<long?> side = NumberOption.Whole("--side", $"Height and width of pictures in pixels, a multiple of 8; default {DefaultSide}.", 8, 1024);
    private readonly Option<string?> unseenStyle = new("--unseen-style") { Description = "The style that training does not see; default the last of several.", HelpName = "STYLE" };
    private readonly Option<double?> unseenItems = NumberOption.Share("--unseen-items", "Share of the items that training does not see; default 0.1.");

    public DataFlags(Command command, bool withSplit, string dataDefault)
    {
        data = new Option<string?>("--data")
        {
            Description = $"{string.Join(", ", DataSource.Names)}, a folder with captions, a COCO json or a WebDataset tar; default {dataDefault}.",
            HelpName = "DATA",
        };
        data.CompletionSources.Add([.. DataSource.Names]);
        command.Options.Add(data);
        command.Options.Add(images);
        command.Options.Add(cache);
        if (!withSplit)
            return;
        foreach (Option option in (Option[])[side, unseenStyle, unseenItems])
            command.Options.Add(option);
    }

    public string Data(ParseResult parsed, string fallback) => parsed.GetValue(data) ?? fallback;

    public int Side(ParseResult parsed, int otherwise = DefaultSide)
    {
        int pixels = (int)(parsed.GetValue(side) ?? otherwise);
        return pixels % 8 == 0 ? pixels : throw new UsageException($"--side takes a multiple of 8, not {pixels}.");
    }

    /// <summary>The split: what was asked for, and for the rest what <paramref name="otherwise"/> says.</summary>
    public SplitOptions Split(ParseResult parsed, SplitOptions otherwise) => otherwise with
    {
        UnseenStyle = parsed.GetValue(unseenStyle) ?? otherwise.UnseenStyle,
        UnseenItems = parsed.GetValue(unseenItems) ?? otherwise.UnseenItems,
    };

    /// <summary>Opens the data, with progress.</summary>
    public OpenedData Open(string source, int pixels, ParseResult parsed, Terminal terminal, bool quiet, CancellationToken cancellation)
    {
        var options = new DataOptions { Side = pixels, Cache = parsed.GetValue(cache), Images = parsed.GetValue(images) };
        OpenedData opened = Work.Run(terminal, quiet, progress => DataSource.Open(source, options, progress, cancellation));
        if (!quiet)
            foreach (Finding finding in opened.Findings)
                terminal.Say(finding.Message);
        return opened;
    }
}
