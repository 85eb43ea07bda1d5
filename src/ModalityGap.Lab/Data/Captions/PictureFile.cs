namespace ModalityGap.Lab.Data.Captions;

/// <summary>Reads pictures of a folder, and nothing outside it, whatever a table or an annotation file names.</summary>
internal static class PictureFile
{
    public static byte[] Read(string folder, string name)
    {
        string path = Path.GetFullPath(Path.Combine(folder, name.Replace('\0', '?')));
        string inside = Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;
        if (!path.StartsWith(inside, StringComparison.Ordinal) || !File.Exists(path))
            throw new FileNotFoundException(null, name);
        return File.ReadAllBytes(path);
    }
}
