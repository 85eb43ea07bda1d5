using SkiaSharp;

namespace ModalityGap.Pictures;

/// <summary>The native library behind all pictures, which some systems have no build of.</summary>
public static class PictureLibrary
{
    /// <summary>Loads it, so that its absence is told before the work and not after.</summary>
    /// <param name="alternative">What can be done without it, as a sentence.</param>
    /// <exception cref="PictureException">It cannot be loaded.</exception>
    public static void Require(string alternative) => Require(() => SKImageInfo.PlatformColorType, alternative);

    /// <summary>The same with another way of touching it.</summary>
    internal static void Require(Func<object> touch, string alternative)
    {
        try
        {
            touch();
        }
        // The first touch of a type whose initialiser calls the library wraps the loader's exception.
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            throw new PictureException(
                "libSkiaSharp, the native library that draws and decodes pictures, cannot be loaded here. It belongs beside the tool; keep the folder together, "
                + $"or install the tool again on a system with glibc, Windows or macOS. {alternative}",
                fault);
        }
    }
}
