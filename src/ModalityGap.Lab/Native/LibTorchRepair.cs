using System.Security.Cryptography;

namespace ModalityGap.Lab.Native;

/// <summary>
/// Lets the native part of TorchSharp load on systems with a libstdc++ older than that of GCC 13, such as Debian 12.
/// </summary>
/// <remarks>
/// <c>libLibTorchSharp.so</c> asks libstdc++ for the version GLIBCXX_3.4.32, and the loader refuses it where that version is unknown. Yet the only
/// symbol of the version is <c>std::ios_base_library_init()</c>, a marker that newer compilers leave in whatever includes iostream; no
/// relocation refers to it, so it is never looked up or called. It is therefore enough that the version be asked for weakly. That is one byte in
/// a copy of the library; the package's own file stays as it is. A library that needs more than the marker is not touched.
/// </remarks>
internal static class LibTorchRepair
{
    /// <summary>The version that an older libstdc++ does not have.</summary>
    public const string Version = "GLIBCXX_3.4.32";

    /// <summary>The marker, mangled.</summary>
    private const string Marker = "_ZSt21ios_base_library_initv";

    /// <summary>The repaired library, or <c>null</c> where the file is not one that this repair is right for.</summary>
    public static byte[]? Repaired(byte[] library)
    {
        var needs = new ElfVersionNeeds(library);
        try
        {
            return needs.IsSupported && needs.Requires(Version) && needs.SymbolsOf(Version) is [Marker] && !needs.IsRelocatedTo(Version)
                ? needs.WithWeak(Version)
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException or InvalidOperationException)
        {
            // Offsets that point outside the file: no library that we know.
            return null;
        }
    }

    /// <summary>Writes the repaired copy under a name made from its content, unless it is there, and returns its path.</summary>
    /// <param name="library">The package's library.</param>
    /// <param name="folder">Where copies are kept.</param>
    /// <returns>The copy's path, or <c>null</c> where the repair is not right for this library.</returns>
    public static string? CopyRepaired(string library, string folder)
    {
        if (Repaired(File.ReadAllBytes(library)) is not { } repaired)
            return null;
        string name = Convert.ToHexStringLower(SHA256.HashData(repaired))[..16];
        string copy = Path.Combine(folder, name, Path.GetFileName(library));
        if (File.Exists(copy) && File.ReadAllBytes(copy).AsSpan().SequenceEqual(repaired))
            return copy;
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        string beside = $"{copy}.{Path.GetRandomFileName()[..8]}.tmp";
        File.WriteAllBytes(beside, repaired);
        File.Move(beside, copy, overwrite: true);
        return copy;
    }
}
