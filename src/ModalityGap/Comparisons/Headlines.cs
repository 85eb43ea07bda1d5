namespace ModalityGap.Comparisons;

/// <summary>Which numbers are compared, what they are called in tables, and in which order they rank.</summary>
internal static class Headlines
{
    /// <summary>The depths of recall.</summary>
    public static readonly int[] Depths = [1, 10];

    /// <summary>The subject of recall where it is the mean of the two directions.</summary>
    public const string BothWays = "both-ways";

    /// <summary>The subject of mixed search at the share of the modalities where hit@1 is lowest.</summary>
    public const string WorstShare = "worst-share-hit-at-1";

    /// <summary>The measures that a ranking can go by without a subject: what each stands for.</summary>
    public static readonly IReadOnlyDictionary<string, string> ById = new Dictionary<string, string>
    {
        ["gap-debiased"] = "gap-debiased",
        ["relative-modality-gap"] = "relative-modality-gap",
        ["matched-cosine-mean"] = "matched-cosine-mean",
        ["separability-accuracy"] = "separability-accuracy",
        ["recall-at-1"] = $"recall-at-1/{BothWays}",
        ["recall-at-10"] = $"recall-at-10/{BothWays}",
        ["mixed-search"] = $"mixed-search/{WorstShare}",
    };

    /// <summary>Whether the lowest value goes first: of what measures how far the modalities lie apart.</summary>
    public static bool LowestFirst(string id) => id is "gap-debiased" or "relative-modality-gap" or "separability-accuracy";

    /// <summary>All keys, in the order of results.</summary>
    public static string[] Keys(string first, string second) =>
    [
        "gap-debiased",
        "relative-modality-gap",
        "matched-cosine-mean",
        "separability-accuracy",
        .. from depth in Depths
           from subject in (string[])[$"{first}-to-{second}", $"{second}-to-{first}", BothWays]
           select $"recall-at-{depth}/{subject}",
        $"mixed-search/{WorstShare}",
    ];

    /// <summary>The key that a name stands for: an id, or an id and a subject.</summary>
    public static string Key(string name) => ById.GetValueOrDefault(name, name);
}
