using ModalityGap.Statistics;

namespace ModalityGap.Lab.Data.Sheets;

/// <summary>A picture of a sample of a set: each item's pictures in all styles, its captions below.</summary>
public static class ContactSheet
{
    private const int MostItems = 40;
    private const int MostStyles = 4;
    private const int SheetWidth = 1680;
    private const int SheetHeight = 2600;
    private const int NarrowestCell = 264;
    private const int PictureWidth = 128;
    private const int Gap = 16;
    private const int Seam = 4;
    private const int Lines = 5;

    /// <summary>Draws items at random, the same ones each time.</summary>
    /// <param name="set">The set.</param>
    /// <returns>A PNG.</returns>
    public static byte[] Draw(ImageTextSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        int styles = Math.Min(set.Styles.Count, MostStyles), zoom = Math.Max(1, PictureWidth / set.Side), edge = zoom * set.Side + Seam;
        int cell = Math.Max(styles * edge, NarrowestCell) + Gap, columns = Math.Max(1, (SheetWidth - Gap) / cell);
        int height = edge + Lines * SheetCanvas.LineHeight + Gap;
        int items = Math.Min(set.Items.Count, columns * Math.Max(1, Math.Min(MostItems / columns, SheetHeight / height)));
        int rows = (items + columns - 1) / columns;
        var canvas = new SheetCanvas(Gap + columns * cell, 2 * Gap + SheetCanvas.LineHeight + rows * height);
        string title = $"{set.Name}: {set.Items.Count} items, {set.Images.Count} pictures; {string.Join(", ", set.Styles.Take(styles))}";
        canvas.Write(title, Gap, Gap, canvas.Width - 2 * Gap, 1);
        ILookup<int, int> pictures = Enumerable.Range(0, set.Images.Count).ToLookup(i => set.Images[i].Item);
        int[] shown = [.. new RandomStream(0).NextPermutation(set.Items.Count).Take(items).Order()];
        for (int i = 0; i < items; i++)
        {
            int item = shown[i];
            int left = Gap + i % columns * cell, top = 2 * Gap + SheetCanvas.LineHeight + i / columns * height;
            foreach (int picture in pictures[item].Where(picture => set.Images[picture].Style < styles))
                canvas.Place(set.Pixels[picture], set.Side, zoom, left + set.Images[picture].Style * edge, top);
            canvas.Write(string.Join(" / ", set.Items[item].Texts), left, top + edge + 4, cell - Gap, Lines - 1);
        }
        return canvas.ToPng();
    }
}
