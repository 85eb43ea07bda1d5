using System.Text;
using SkiaSharp;
using Svg.Skia;

namespace ModalityGap.Pictures.Figures;

/// <summary>Figures as PNG: the same drawing as the SVG document.</summary>
public static class FigurePng
{
    /// <summary>Draws a figure.</summary>
    /// <param name="svg">A complete SVG document whose width and height are in pixels.</param>
    /// <param name="scale">Pixels of the PNG per pixel of the document; default 2.</param>
    /// <returns>A PNG file, opaque.</returns>
    /// <exception cref="ArgumentException">The text is no SVG document.</exception>
    /// <exception cref="PictureException">There is no font, or the native library is missing.</exception>
    public static byte[] Render(string svg, float scale = 2)
    {
        ArgumentNullException.ThrowIfNull(svg);
        if (scale is not (> 0 and <= 16))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A figure is drawn at more than 0 and at most 16 times its size.");
        PictureLibrary.Require("SVG needs no such library.");
        using var drawing = new SKSvg();
        // Nothing that a document names is loaded.
        drawing.Settings.EnableJavaScript = false;
        if (FigureFonts.Found is { } fonts)
        {
            drawing.Settings.TypefaceProviders!.Clear();
            drawing.Settings.TypefaceProviders.Add(fonts);
        }
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(svg));
        SKPicture picture = Load(drawing, text) ?? throw new ArgumentException("The text is no SVG document.", nameof(svg));
        using var png = new MemoryStream();
        using var colours = SKColorSpace.CreateSrgb();
        return picture.ToImage(png, SKColors.White, SKEncodedImageFormat.Png, 100, scale, scale, SKColorType.Rgba8888, SKAlphaType.Premul, colours)
            ? png.ToArray()
            : throw new ArgumentException("The document has no area.", nameof(svg));
    }

    private static SKPicture? Load(SKSvg drawing, Stream text)
    {
        try
        {
            return drawing.Load(text);
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
    }
}
