using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Pictures;

/// <summary>The pictures in a folder and all below, found by what a row calls them.</summary>
internal sealed class PictureFolder
{
    private readonly ILookup<string, string>[] byName;

    private PictureFolder(string path, string[] files)
    {
        Path = path;
        Files = files;
        byName =
        [
            files.ToLookup(file => file, StringComparer.Ordinal),
            files.ToLookup(WithoutEnding, StringComparer.Ordinal),
            files.ToLookup(file => file[(file.LastIndexOf('/') + 1)..], StringComparer.Ordinal),
            files.ToLookup(file => WithoutEnding(file[(file.LastIndexOf('/') + 1)..]), StringComparer.Ordinal),
        ];
    }

    public string Path { get; }

    /// <summary>The files, relative to the folder, with / between names, in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Lists a folder.</summary>
    /// <exception cref="EmbeddingDataException">There is none, or no picture in it.</exception>
    public static PictureFolder Open(string path)
    {
        if (!Directory.Exists(path))
            throw new EmbeddingDataException(path, File.Exists(path) ? "it is a file." : "there is no such folder.", "--thumbnails takes the folder that holds the pictures.");
        string[] files;
        try
        {
            files =
            [
                .. Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden })
                    .Where(IsPicture)
                    .Select(file => System.IO.Path.GetRelativePath(path, file).Replace('\\', '/'))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "it cannot be listed.", "Check its permissions.", fault);
        }
        return files.Length > 0
            ? new PictureFolder(path, files)
            : throw new EmbeddingDataException(path, "it holds no PNG, JPEG, WebP, GIF or BMP.", "--thumbnails takes the folder that holds the pictures.");
    }

    /// <summary>The file that a row calls by its path, its name, or either without the ending; <c>null</c> for none.</summary>
    /// <exception cref="EmbeddingDataException">Two files are called so.</exception>
    public string? Find(string name)
    {
        string wanted = name.Replace('\\', '/');
        if (wanted.StartsWith("./", StringComparison.Ordinal))
            wanted = wanted[2..];
        string last = wanted[(wanted.LastIndexOf('/') + 1)..];
        return byName.Select(files => One(files[wanted], name)).Concat(last == wanted ? [] : byName.Select(files => One(files[last], name))).FirstOrDefault(file => file is not null);
    }

    /// <summary>The bytes of a file in it.</summary>
    public byte[] Read(string file) => File.ReadAllBytes(System.IO.Path.Combine(Path, file));

    private string? One(IEnumerable<string> files, string name)
    {
        string[] found = [.. files.Take(2)];
        return found.Length < 2 ? found.FirstOrDefault() : throw new EmbeddingDataException(
            Path,
            $"\"{Shown.Name(name)}\" could be {Shown.Name(found[0])} or {Shown.Name(found[1])}.",
            "Keep one of them, or give ids or \"image\" names that say which, such as the file's path in the folder.");
    }

    private static string WithoutEnding(string file) => file[..file.LastIndexOf('.')];

    private static bool IsPicture(string file) => System.IO.Path.GetExtension(file).ToUpperInvariant() is ".PNG" or ".JPG" or ".JPEG" or ".WEBP" or ".GIF" or ".BMP";
}
