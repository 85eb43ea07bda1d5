namespace ModalityGap.Measures;

/// <summary>Everything that has a definition: what <c>modgap explain</c> prints and the report's question marks show.</summary>
public static class MeasureCatalog
{
    /// <summary>All entries, in the order of results.</summary>
    public static IReadOnlyList<MeasureInfo> All { get; } = [];

    /// <summary>The entry with this id.</summary>
    public static bool TryFind(string id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MeasureInfo? info)
    {
        info = All.FirstOrDefault(candidate => candidate.Id == id);
        return info is not null;
    }
}
