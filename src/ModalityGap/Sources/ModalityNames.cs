namespace ModalityGap.Sources;

/// <summary>Guesses what a file or an array holds embeddings of from its name.</summary>
public static class ModalityNames
{
    private static readonly string[] Ordinals =
    [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
        "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    ];

    private static readonly Dictionary<string, string> Words = Spell(
    [
        ("image", "img imgs image images picture pictures photo photos visual vision"),
        ("text", "txt txts text texts textual caption captions sentence sentences prompt prompts language"),
        ("video", "vid video videos film films"),
        ("audio", "aud audio audios sound sounds speech music"),
        ("eeg", "eeg"),
        ("meg", "meg"),
        ("fmri", "fmri"),
        ("protein", "prot protein proteins"),
        ("molecule", "mol mols molecule molecules smiles"),
        ("rna", "rna rnaseq transcriptome"),
        ("dna", "dna genome"),
        ("gene", "gene genes"),
        ("cell", "cell cells"),
        ("depth", "depth"),
        ("thermal", "thermal infrared"),
        ("imu", "imu"),
        ("tactile", "tactile touch"),
        ("sketch", "sketch sketches"),
        ("point cloud", "pointcloud pointclouds"),
        ("code", "code"),
    ]);

    /// <summary>
    /// The modality that a file's name tells, such as <c>image</c> for <c>img_emb_0.npy</c>; <c>null</c> when it tells none or
    /// several.
    /// </summary>
    public static string? FromPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return AllInPath(path) is [string only] ? only : null;
    }

    /// <summary>
    /// The modality that an array's key tells, such as <c>text</c> for <c>l14_txt</c>; <c>null</c> when it tells none or several.
    /// </summary>
    public static string? FromKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return AllIn(key) is [string only] ? only : null;
    }

    /// <summary>What the modality at an index is called when nothing tells: first, second, third, ...</summary>
    internal static string Ordinal(int index) => index < Ordinals.Length ? Ordinals[index] : $"modality {index + 1}";

    /// <summary>Whether a name says no more than a place.</summary>
    internal static bool IsOrdinal(string name) => Ordinals.Contains(name) || name.StartsWith("modality ", StringComparison.Ordinal);

    /// <summary>The modalities that a file's name tells, in its order.</summary>
    internal static IReadOnlyList<string> AllInPath(string path) => AllIn(Path.GetFileNameWithoutExtension(path));

    /// <summary>A key without the words that tell its modality: what belongs together differs in nothing else.</summary>
    internal static string Stem(string key) =>
        string.Join('_', Tokens(key).Where(token => !Words.ContainsKey(token)));

    private static List<string> AllIn(string name)
    {
        List<string> found = [];
        foreach (string token in Tokens(name))
        {
            if (Words.TryGetValue(token, out string? modality) && !found.Contains(modality))
                found.Add(modality);
        }
        return found;
    }

    /// <summary>Words and numbers of a name, in lower case: split where letters end and where a capital follows a small letter.</summary>
    private static IEnumerable<string> Tokens(string name)
    {
        int start = 0;
        for (int i = 1; i <= name.Length; i++)
        {
            bool ends = i == name.Length
                || char.IsLetter(name[i]) != char.IsLetter(name[i - 1])
                || (char.IsUpper(name[i]) && char.IsLower(name[i - 1]));
            if (!ends)
                continue;
            if (char.IsLetterOrDigit(name[start]))
                yield return name[start..i].ToLowerInvariant();
            start = i;
        }
    }

    private static Dictionary<string, string> Spell((string Modality, string Words)[] modalities)
    {
        Dictionary<string, string> words = [];
        foreach ((string modality, string spellings) in modalities)
        {
            foreach (string spelling in spellings.Split(' '))
                words.Add(spelling, modality);
        }
        return words;
    }
}
