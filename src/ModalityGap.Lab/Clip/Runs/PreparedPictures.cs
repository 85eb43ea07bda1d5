using ModalityGap.Lab.Clip.Pixels;

namespace ModalityGap.Lab.Clip.Runs;

/// <summary>Reads and decodes pictures on the other cores while the model works; they come in their order, and few are held.</summary>
internal static class PreparedPictures
{
    /// <param name="list">The pictures.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="pixels">How they are prepared.</param>
    /// <param name="ahead">How many are prepared before they are asked for.</param>
    public static IEnumerable<(float[]? Values, string? Fault)> Take(PictureList list, int from, int count, ClipPixels pixels, int ahead)
    {
        var running = new Queue<Task<(float[]?, string?)>>();
        for (int next = 0; next < count || running.Count > 0;)
        {
            for (; next < count && running.Count < ahead; next++)
            {
                string name = list.Names[from + next];
                running.Enqueue(Task.Run(() => Prepare(list, name, pixels)));
            }
            yield return running.Dequeue().GetAwaiter().GetResult();
        }
    }

    private static (float[]? Values, string? Fault) Prepare(PictureList list, string name, ClipPixels pixels)
    {
        byte[] file;
        try
        {
            file = list.Read(name);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "is missing");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, "cannot be read");
        }
        return (ClipPreprocessing.Read(file, pixels, out string? broken), broken);
    }
}
