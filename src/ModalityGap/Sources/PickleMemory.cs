using System.Runtime.CompilerServices;

namespace ModalityGap.Sources;

/// <summary>Memory for the objects of a pickle, all of it from the allowance that the file's length decides.</summary>
internal static class PickleMemory
{
    /// <summary>About what an object of a few fields takes, with its header and the reference to it.</summary>
    public const int ObjectBytes = 64;

    private const int HeaderBytes = 24;

    /// <summary>Makes room for more entries; the room doubles, or fits exactly where it was empty.</summary>
    public static void Grow<T>(SourceFile file, ref T[] array, long used, long more)
    {
        if (used + more <= array.Length)
            return;
        if (used + more > Array.MaxLength)
            throw file.Fault($"it holds more than {Shown.Count(Array.MaxLength)} objects in one place.", "Split it into files of fewer rows.");
        long length = Math.Max(used + more, Math.Min(2L * array.Length, Array.MaxLength));
        file.Charge((length * Unsafe.SizeOf<T>()) + HeaderBytes);
        Array.Resize(ref array, (int)length);
    }
}
