namespace ModalityGap.Lab.Data.Captions;

/// <summary>What a WebDataset says of one key: files of the same name up to the first dot.</summary>
/// <param name="Id">The key, with its shard where there are several.</param>
internal sealed record WebDatasetSample(string Id)
{
    /// <summary>Whether a picture belongs to it.</summary>
    public bool HasPicture { get; set; }

    /// <summary>The lines of its text.</summary>
    public IReadOnlyList<string>? Text { get; set; }

    /// <summary>The captions in its JSON.</summary>
    public IReadOnlyList<string>? Json { get; set; }

    /// <summary>The text, else what its JSON says.</summary>
    public IReadOnlyList<string> Captions => Text ?? Json ?? [];

    /// <summary>Key and ending of an entry: folder/000001.seg.png has key folder/000001 and ending seg.png.</summary>
    public static (string Key, string Ending) Split(string entry)
    {
        string name = entry.Replace('\\', '/');
        int dot = name.IndexOf('.', name.LastIndexOf('/') + 1);
        return dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..].ToLowerInvariant());
    }
}
