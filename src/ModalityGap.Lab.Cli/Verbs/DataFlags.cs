using System.CommandLine;
using ModalityGap.CommandLine;
using ModalityGap.Lab.Data;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>Options about the preparation of a set, for every verb that reads one.</summary>
internal sealed class DataFlags
{
    private readonly Option<long?> side;

    private readonly Option<string?> cache = new("--cache")
    {
        Description = $"Folder of downloads and prepared sets; default {CacheFolder.Default}.",
        HelpName = "DIR",
    };

    private readonly Option<double?> broken = NumberOption.Share("--max-broken", "Share of pictures that may be missing or broken; default 0.05.");

    private readonly Option<string?> images = new("--images") { Description = "Folder of the pictures that a COCO file names; for a CLIP model the pictures: a folder, a picture or a list of paths.", HelpName = "DIR|FILE" };

    /// <param name="command">The verb.</param>
    /// <param name="usualSide">What the verb's help says of the side that is used unless another one is asked for.</param>
    public DataFlags(Command command, string usualSide)
    {
        side = NumberOption.Whole("--side", $"Height and width of every picture in pixels; default {usualSide}.", 8, DataOptions.LargestSide);
        command.Options.Add(side);
        command.Options.Add(cache);
        command.Options.Add(broken);
        command.Options.Add(images);
    }

    /// <summary>The folder of the pictures, for a verb that embeds them.</summary>
    public string? ImagesOf(ParseResult parsed) => parsed.GetValue(images);

    /// <param name="parsed">The command line.</param>
    /// <param name="otherwise">The side where none is asked for.</param>
    public DataOptions Options(ParseResult parsed, int otherwise) => new()
    {
        Side = (int)(parsed.GetValue(side) ?? otherwise),
        Cache = parsed.GetValue(cache) is { Length: > 0 } folder ? Path.GetFullPath(folder) : null,
        MostBroken = parsed.GetValue(broken) ?? new DataOptions().MostBroken,
        Images = parsed.GetValue(images),
    };
}
