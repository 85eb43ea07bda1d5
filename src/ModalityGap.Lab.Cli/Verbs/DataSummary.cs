using System.Security.Cryptography;
using ModalityGap.Lab.Data;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Cli.Verbs;

/// <summary>A set in words.</summary>
internal static class DataSummary
{
    private const int MostGroups = 12;

    public static void Write(OpenedData data, TextWriter writer)
    {
        ImageTextSet set = data.Set;
        writer.WriteLine($"{set.Name}: {Counted(set.Items.Count, "item")} in {Counted(set.Styles.Count, "style")}, "
            + $"{Counted(set.Images.Count, "picture")} of {set.Side} x {set.Side}, {Counted(set.Items.Sum(item => item.Texts.Count), "text")}");
        if (set.Styles.Count > 1)
            writer.WriteLine($"Styles: {string.Join(", ", set.Styles.Select((style, s) => $"{style} ({Pictures(set, s)})"))}");
        IReadOnlyList<IGrouping<string?, ImageTextItem>> groups = [.. set.Items.GroupBy(item => item.Group).Where(group => group.Key is not null)];
        if (groups.Count > 0)
            writer.WriteLine("Groups: " + Shown.Some([.. groups.Select(group => $"{Shown.Name(group.Key!)} ({Shown.Count(group.Count())})")], MostGroups));
        int repeated = Repeated(set);
        if (repeated > 0)
            writer.WriteLine($"Same pixels: {Counted(repeated, "picture")} that another item has too in the same style; "
                + "retrieval cannot tell these apart.");
        writer.WriteLine($"Fingerprint: {set.Fingerprint}");
        if (data.CachedAt is { } path)
            writer.WriteLine($"Cached at: {path}");
        foreach (string licence in data.Licences)
            writer.WriteLine($"Licence: {licence}");
    }

    private static string Pictures(ImageTextSet set, int style) => Shown.Count(set.Images.Count(image => image.Style == style));

    private static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{Shown.Count(count)} {noun}s";

    private static int Repeated(ImageTextSet set) => Enumerable.Range(0, set.Images.Count)
        .GroupBy(i => (set.Images[i].Style, Convert.ToHexString(SHA256.HashData(set.Pixels[i]))))
        .Sum(group => group.Select(i => set.Images[i].Item).Distinct().Count() is > 1 and var items ? items : 0);
}
