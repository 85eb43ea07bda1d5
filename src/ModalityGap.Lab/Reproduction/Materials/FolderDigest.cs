using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Lab.Reproduction.Materials;

/// <summary>
/// A folder or a file in a few words that change when it changes: its name, and a digest over the names and sizes of its files. Content of the same
/// name and size is not looked at, which for a folder of pictures would take minutes.
/// </summary>
internal static class FolderDigest
{
    private const int Digits = 16;

    /// <summary>The words; a name that is no path, such as that of a built-in set, stands for itself.</summary>
    /// <exception cref="EmbeddingDataException">It cannot be listed.</exception>
    public static string Of(string path, CancellationToken cancellation)
    {
        if (File.Exists(path))
        {
            using SourceFile file = SourceFile.Open(path);
            return $"{Path.GetFileName(path)}, {FileFingerprint.Of(file, cancellation)}";
        }
        if (!Directory.Exists(path))
            return path;
        try
        {
            FileInfo[] files = [.. new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories)];
            string list = string.Join('\n', files
                .Select(file => string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(path, file.FullName).Replace('\\', '/')} {file.Length}"))
                .Order(StringComparer.Ordinal));
            string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)))[..Digits];
            return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(Path.GetFullPath(path).TrimEnd('/', '\\'))}, {files.Length} files, sha256 of names and sizes {digest}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(path, "its files cannot be listed.", "Check the permissions of the folder and of those below.", exception);
        }
    }
}
