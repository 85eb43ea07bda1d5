using ModalityGap.CommandLine;
using ModalityGap.Pictures;

namespace ModalityGap.Cli.Verbs;

/// <summary>The files that a figure is written as.</summary>
internal sealed record FigureFormat(bool Svg, bool Png)
{
    /// <summary>What <c>--figure-format</c> takes, the default first.</summary>
    public static string[] All { get; } = ["both", "svg", "png"];

    /// <summary>" as SVG and PNG".</summary>
    public string InWords => Svg && Png ? ", as SVG and PNG" : Svg ? ", as SVG" : ", as PNG";

    /// <summary>What was asked for.</summary>
    /// <param name="word">One of <see cref="All"/>, or <c>null</c>.</param>
    /// <param name="folder">The folder of the figures, if any are written.</param>
    /// <exception cref="UsageException">A form was asked for, and no figures.</exception>
    /// <exception cref="PictureException">Nothing on this machine can write a PNG.</exception>
    public static FigureFormat Of(string? word, string? folder)
    {
        if (word is not null && folder is null)
            throw new UsageException("--figure-format goes with --figures.");
        var format = new FigureFormat(word is not "png", word is not "svg");
        if (folder is not null && format.Png)
            PictureLibrary.Require("Figures as SVG need none: --figure-format svg.");
        return format;
    }
}
