namespace ModalityGap.Lab.Data.Emoji;

/// <summary>One version of a package, pinned to the byte.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">SHA-256 of its archive in lower-case hexadecimal.</param>
internal sealed record NpmPackage(string Name, string Version, string Sha256)
{
    /// <summary>The name that npm gives the archive.</summary>
    public string FileName => $"{Name.TrimStart('@').Replace('/', '-')}-{Version}.tgz";

    public string Specification => $"{Name}@{Version}";
}
