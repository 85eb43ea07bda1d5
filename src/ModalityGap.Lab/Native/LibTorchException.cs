namespace ModalityGap.Lab.Native;

/// <summary>libtorch cannot be loaded on this machine.</summary>
/// <param name="cause">What the loader said.</param>
public sealed class LibTorchException(Exception cause) : Exception(
    $"libtorch cannot be loaded here: {FirstLine((cause.InnerException ?? cause).Message)}. "
    + "Packages are referenced for Linux x64, Windows x64 and macOS arm64; on Linux glibc 2.34 or later is needed.", cause)
{
    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r', '.');
}
