namespace ModalityGap.Report.Figures;

/// <summary>What the numbers of a comparison are called.</summary>
/// <param name="first">Name of the first modality.</param>
/// <param name="second">Name of the second modality.</param>
internal sealed class NumberNames(string first, string second)
{
    /// <summary>"Modality gap, debiased", "R@1, image to text".</summary>
    public string Full(string key)
    {
        (string id, string? subject) = Parts(key);
        return Joined(MeasureCatalog.TryFind(id, out Measures.MeasureInfo? info) ? info.Name : id, subject);
    }

    /// <summary>"gap, debiased", "R@1, image to text": for heads of columns and panels.</summary>
    public string Brief(string key)
    {
        (string id, string? subject) = Parts(key);
        return id switch
        {
            "gap-debiased" => "gap, debiased",
            "relative-modality-gap" => "RMG",
            "matched-cosine-mean" => "matched cosine",
            "separability-accuracy" => "separability",
            "mixed-search" => "mixed hit@1",
            _ => Joined(MeasureCatalog.TryFind(id, out Measures.MeasureInfo? info) ? info.Name : id, subject),
        };
    }

    /// <summary>The id of the measure that a key belongs to.</summary>
    public static string Id(string key) => Parts(key).Id;

    /// <summary>Whether a number is about one direction of search.</summary>
    public bool IsDirected(string key) => Parts(key).Subject is { } subject && (subject == $"{first}-to-{second}" || subject == $"{second}-to-{first}");

    private string Joined(string name, string? subject)
    {
        if (subject is null)
            return name;
        string said = subject == $"{first}-to-{second}" ? $"{Words.Short(first)} to {Words.Short(second)}"
            : subject == $"{second}-to-{first}" ? $"{Words.Short(second)} to {Words.Short(first)}"
            : subject.Replace("hit-at-1", "hit@1", StringComparison.Ordinal).Replace('-', ' ');
        return $"{name}, {said}";
    }

    private static (string Id, string? Subject) Parts(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (key, null) : (key[..slash], key[(slash + 1)..]);
    }
}
