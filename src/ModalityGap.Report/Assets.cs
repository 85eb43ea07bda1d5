using System.Security.Cryptography;
using System.Text;

namespace ModalityGap.Report;

/// <summary>The style sheets and the script that every page holds.</summary>
internal static class Assets
{
    /// <summary>Looks of the figures; colours by name.</summary>
    public static string FigureStyle { get; } = Read("figure.css") + Read("comparison-figure.css");

    /// <summary>All style of a page.</summary>
    public static string PageStyle { get; } =
        $":root{{{Palette.Light.Declarations}color-scheme:light}}\n"
        + $"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{Palette.Dark.Declarations}color-scheme:dark}}}}\n"
        + $"@media screen{{:root[data-theme=dark]{{{Palette.Dark.Declarations}color-scheme:dark}}}}\n"
        + FigureStyle + Read("page.css") + Read("map.css") + Read("comparison.css");

    /// <summary>The looks of a figure that is saved from the page, in the light colours.</summary>
    public static string SavedFigureStyle { get; } = Palette.Light.Resolve(FigureStyle);

    /// <summary>The script of a page, which works without it.</summary>
    public static string Script { get; } = Read("page.js") + InOneFunction(["map-elements.js", "map-cloud.js", "map-painters.js", "map-view.js", "map.js", "threshold.js"]);

    /// <summary>The source expression that lets a content security policy accept exactly this text.</summary>
    public static string PolicyHash(string content) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    // Each part knows those before it, and nothing of them is seen outside.
    private static string InOneFunction(string[] parts) => $"(() => {{\n'use strict';\n{string.Concat(parts.Select(Read))}}})();\n";

    // Line ends as a checkout made them would change the hash: a browser reads every line end as a line feed.
    private static string Read(string name)
    {
        using Stream stream = typeof(Assets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
