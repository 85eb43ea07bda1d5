using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Gives the modalities of one file their names: those that the caller gave, else what keys and file name tell.</summary>
internal static class ModalityNaming
{
    /// <param name="file">The file.</param>
    /// <param name="keys">One per modality; <c>null</c> where there is none or it says nothing.</param>
    /// <param name="given">The caller's names, or <c>null</c>.</param>
    public static IReadOnlyList<Modality> Name(SourceFile file, IReadOnlyList<string?> keys, IReadOnlyList<string>? given)
    {
        Check(file, keys.Count, given);
        return [.. (given ?? Guess(file.Path, keys)).Select(name => new Modality(name))];
    }

    /// <summary>Refuses names that are not as many as the modalities.</summary>
    public static void Check(SourceFile file, int modalities, IReadOnlyList<string>? given)
    {
        if (given is not null && given.Count != modalities)
            throw file.Fault(
                $"it holds {modalities} {(modalities == 1 ? "modality" : "modalities")}, "
                + $"but {given.Count} {(given.Count == 1 ? "name was" : "names were")} given ({Shown.Some([.. given])}).",
                $"Give {modalities}.");
    }

    private static string[] Guess(string path, IReadOnlyList<string?> keys)
    {
        string[] names =
            [.. keys.Select((key, i) => Told(key) ? ModalityNames.FromKey(key!) ?? key! : ModalityNames.Ordinal(i))];
        if (!keys.Any(Told))
        {
            IReadOnlyList<string> inPath = ModalityNames.AllInPath(path);
            return inPath.Count == keys.Count ? [.. inPath] : names;
        }
        bool alike = names.Distinct().Count() < names.Length;
        return alike ? [.. keys.Select((key, i) => key ?? ModalityNames.Ordinal(i))] : names;
    }

    /// <summary>Whether a key says anything: numpy.savez calls nameless arrays arr_0, arr_1, ...</summary>
    private static bool Told(string? key) =>
        key is not null
        && !(key.StartsWith("arr_", StringComparison.Ordinal) && key.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0);
}
