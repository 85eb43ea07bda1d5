using SkiaSharp;

namespace ModalityGap.Lab.Data.Sheets;

/// <summary>White paper on which pictures and letters are put pixel by pixel.</summary>
internal sealed class SheetCanvas
{
    public const int LineHeight = 2 * (PixelFont.Height + 2);

    private const int Zoom = 2;
    private const int Advance = Zoom * (PixelFont.Width + 1);
    private const int BytesPerPixel = 4;
    private const byte Ink = 40;

    private readonly byte[] pixels;

    public SheetCanvas(int width, int height)
    {
        (Width, Height) = (width, height);
        pixels = new byte[width * height * BytesPerPixel];
        Array.Fill(pixels, byte.MaxValue);
    }

    public int Width { get; }

    private int Height { get; }

    public void Place(byte[] planes, int side, int zoom, int left, int top)
    {
        int plane = side * side;
        for (int y = 0; y < side * zoom; y++)
            for (int x = 0; x < side * zoom; x++)
            {
                int at = y / zoom * side + x / zoom;
                Set(left + x, top + y, planes[at], planes[plane + at], planes[2 * plane + at]);
            }
    }

    /// <summary>Writes words in lines of a width; what does not fit ends in dots.</summary>
    public void Write(string text, int left, int top, int width, int lines)
    {
        int letters = width / Advance;
        List<string> broken = Break(text, letters);
        if (broken.Count > lines)
        {
            string last = broken[lines - 1];
            broken[lines - 1] = last[..Math.Min(last.Length, Math.Max(0, letters - 3))] + "...";
        }
        for (int line = 0; line < Math.Min(lines, broken.Count); line++)
            for (int i = 0; i < broken[line].Length; i++)
                Write(broken[line][i], left + i * Advance, top + line * LineHeight);
    }

    public byte[] ToPng()
    {
        var info = new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var image = SKImage.FromPixelCopy(info, pixels, Width * BytesPerPixel);
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private void Write(char letter, int left, int top)
    {
        for (int y = 0; y < PixelFont.Height * Zoom; y++)
            for (int x = 0; x < PixelFont.Width * Zoom; x++)
                if (PixelFont.HasDot(letter, x / Zoom, y / Zoom))
                    Set(left + x, top + y, Ink, Ink, Ink);
    }

    private void Set(int x, int y, byte red, byte green, byte blue)
    {
        if (x < 0 || x >= Width || y < 0 || y >= Height)
            return;
        int at = (y * Width + x) * BytesPerPixel;
        (pixels[at], pixels[at + 1], pixels[at + 2]) = (red, green, blue);
    }

    private static List<string> Break(string text, int letters)
    {
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > letters)
            {
                lines.Add(line);
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
            for (; line.Length > letters; line = line[letters..])
                lines.Add(line[..letters]);
        }
        lines.Add(line);
        return lines;
    }
}
