using System.Runtime.CompilerServices;

namespace ModalityGap.Sources;

/// <summary>Memory for the objects of a pickle, all of it from the allowance that the file's length decides.</summary>
internal static class PickleMemory
{
    /// <summary>About what an object of a few fields takes, with its header and the reference to it.</summary>
    public const int ObjectBytes = 64;

    /// <summary>Makes room for more entries; the room doubles, or fits exactly where it was empty.</summary>
    public static void Grow<T>(SourceFile file, ref T[] array, int used, int more)
    {
        if (used + more <= array.Length)
            return;
        int length = Math.Max(used + more, Math.Min(2 * array.Length, Array.MaxLength));
        file.Charge(((long)length * Unsafe.SizeOf<T>()) + 24);
        Array.Resize(ref array, length);
    }
}
