using ModalityGap.Embeddings;
using ModalityGap.Lab.Data.Captions;

namespace ModalityGap.Lab.Clip.Runs;

/// <summary>The pictures of a run, in their order.</summary>
/// <param name="Folder">What their names are looked up in.</param>
/// <param name="Names">Their names, with slashes.</param>
internal sealed record PictureList(string Folder, IReadOnlyList<string> Names)
{
    private const string Endings = "png, jpg, jpeg, webp, gif, bmp";

    /// <summary>All pictures of a folder and those below it by their names; or one picture; or those that a text file lists, in its order.</summary>
    /// <exception cref="EmbeddingDataException">There is none, or it cannot be read.</exception>
    public static PictureList Find(string path)
    {
        if (Directory.Exists(path))
            return InFolder(path);
        if (!File.Exists(path))
            throw new EmbeddingDataException(path, "there are no such pictures.", "Name a folder, a picture, or a text file with a path a line.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (PictureName.IsPicture(path))
            return new PictureList(folder, [Path.GetFileName(path)]);
        string[] listed = [.. TextList.Lines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return listed.Length > 0
            ? new PictureList(folder, listed)
            : throw new EmbeddingDataException(path, "it lists no pictures.", "Write a path a line, as seen from the list's folder.");
    }

    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    private static PictureList InFolder(string path)
    {
        try
        {
            string[] names = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(PictureName.IsPicture)
                .Select(file => Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/'))];
            Array.Sort(names, StringComparer.Ordinal);
            return names.Length > 0
                ? new PictureList(path, names)
                : throw new EmbeddingDataException(path, "the folder holds no pictures.", $"Pictures end in {Endings}; folders inside are looked into.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "the folder cannot be read.", "Check its permissions.", fault);
        }
    }
}
