using ModalityGap.Embeddings;

namespace ModalityGap.Sources;

/// <summary>Gives each of several inputs a name of its own: as its file says, else by its place among them.</summary>
internal static class InputNaming
{
    private static readonly string[] Places = ["first", "second", "third", "fourth", "fifth", "sixth"];

    /// <summary>The modalities' names, no two of them alike.</summary>
    /// <param name="inputs">What each file says it holds, and where it is.</param>
    public static IReadOnlyList<Modality> Of(IReadOnlyList<(Modality Modality, Provenance Origin)> inputs) =>
        [.. Distinct([.. inputs.Select((_, place) => Found(place, inputs))], inputs).Select(name => new Modality(name))];

    // A file with one unnamed modality is called by its place among all inputs, not by its place in the file.
    private static string Found(int place, IReadOnlyList<(Modality Modality, Provenance Origin)> inputs)
    {
        (Modality modality, Provenance origin) = inputs[place];
        bool alone = inputs.Count(other => other.Origin.Source == origin.Source) == 1;
        bool unknown = Places.Contains(modality.Name) && ModalityNames.FromPath(origin.Source) is null;
        return alone && unknown ? Place(place) : modality.Name;
    }

    private static string[] Distinct(string[] names, IReadOnlyList<(Modality Modality, Provenance Origin)> inputs)
    {
        if (names.Distinct().Count() == names.Length)
            return names;
        string[] stems = [.. inputs.Select(input => Path.GetFileNameWithoutExtension(input.Origin.Source))];
        if (stems.Distinct().Count() == stems.Length)
            return stems;
        return [.. names.Select((name, i) => names.Count(other => other == name) == 1 ? name : $"{name} {i + 1}")];
    }

    private static string Place(int index) => index < Places.Length ? Places[index] : $"input {index + 1}";
}
