using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cli.Pictures;

/// <summary>The picture of each row of a modality.</summary>
/// <param name="Modality">The modality.</param>
/// <param name="Folder">Where the pictures are.</param>
/// <param name="Files">For each row, by its position in its input, the file; <c>null</c> where it has none.</param>
/// <param name="Way">How they were matched: "by id", "as captions.jsonl names them", "in the order of their names".</param>
internal sealed record RowFiles(Modality Modality, PictureFolder Folder, string?[] Files, string Way)
{
    /// <summary>Matches pictures with the rows of the modality that they fit.</summary>
    /// <param name="folder">The pictures.</param>
    /// <param name="sets">The modalities, with all rows as read.</param>
    /// <param name="captions">A file that may name pictures; <c>null</c> for none.</param>
    /// <param name="modality">The name of the modality; <c>null</c> for images, or the only one that the pictures fit.</param>
    /// <exception cref="EmbeddingDataException">The pictures fit none, or several.</exception>
    public static RowFiles Match(PictureFolder folder, IReadOnlyList<EmbeddingSet> sets, CaptionRows? captions, string? modality)
    {
        int[] asked = modality is not null ? [ModalityArgument.Find("--thumbnails-of", modality, sets)] : Candidates(sets);
        RowFiles[] matched = [.. asked.Select(s => Match(folder, sets[s], captions?.Images(s))).OfType<RowFiles>()];
        return matched.Length switch
        {
            1 => matched[0],
            0 => throw Nowhere(folder, [.. asked.Select(s => sets[s])]),
            _ => throw new EmbeddingDataException(
                folder.Path,
                $"its pictures could be rows of {string.Join(" or of ", matched.Select(one => one.Modality))}.",
                $"Say which with --thumbnails-of, such as --thumbnails-of {matched[0].Modality}."),
        };
    }

    /// <summary>"pictures: 1,398 of 1,400 rows of image, by id".</summary>
    public string InWords() => $"{Folder.Path}: pictures of {Shown.Count(Files.Count(file => file is not null))} of {Shown.Count(Files.Length)} rows of {Modality}, matched {Way}";

    /// <summary>What a reader should know of the matching.</summary>
    public IEnumerable<Finding> Findings()
    {
        int without = Files.Count(file => file is null);
        if (without > 0)
            yield return new Finding(
                "rows-without-picture",
                2 * without > Files.Length ? FindingSeverity.Warning : FindingSeverity.Note,
                $"{Shown.Count(without)} of {Shown.Count(Files.Length)} rows of {Modality} have no picture in {Folder.Path}; the others were matched {Way}.");
        else if (Way == InOrder)
            yield return new Finding(
                "pictures-in-order",
                FindingSeverity.Note,
                $"Pictures were matched with the rows of {Modality} in the order of their names: {Shown.Name(Files[0]!)} is row 0, {Shown.Name(Files[^1]!)} row {Files.Length - 1}.");
    }

    private const string InOrder = "in the order of their names";

    // Pictures are of images where something is called so.
    private static int[] Candidates(IReadOnlyList<EmbeddingSet> sets)
    {
        int[] images = [.. Enumerable.Range(0, sets.Count).Where(s => sets[s].Modality == Modality.Image)];
        return images.Length > 0 ? images : [.. Enumerable.Range(0, sets.Count)];
    }

    private static RowFiles? Match(PictureFolder folder, EmbeddingSet set, string?[]? named)
    {
        if (set.Ids is { } ids && Any(ids.Select(folder.Find)) is { } byId)
            return new RowFiles(set.Modality, folder, byId, "by id");
        if (named is not null && Any(named.Select(name => name is null ? null : folder.Find(name))) is { } byName)
            return new RowFiles(set.Modality, folder, byName, "as the captions name them");
        if (folder.Files.Count != set.Rows)
            return null;
        RefuseUnclearOrder(folder);
        return new RowFiles(set.Modality, folder, [.. folder.Files], InOrder);
    }

    private static string?[]? Any(IEnumerable<string?> files)
    {
        string?[] found = [.. files];
        return Array.Exists(found, file => file is not null) ? found : null;
    }

    // 10.png comes before 2.png by its letters and after it by its number: who wrote them meant one order, and nobody can say which.
    private static void RefuseUnclearOrder(PictureFolder folder)
    {
        string[] byNumber = [.. folder.Files.Order(NaturalOrder.Instance)];
        int differing = Enumerable.Range(0, byNumber.Length).FirstOrDefault(k => byNumber[k] != folder.Files[k], -1);
        if (differing >= 0)
            throw new EmbeddingDataException(
                folder.Path,
                $"its pictures are to be matched in the order of their names, and that is not clear: by letters {Shown.Name(folder.Files[differing])} comes "
                + $"at place {differing + 1}, by numbers {Shown.Name(byNumber[differing])}.",
                "Write the numbers with leading zeros, or name each row's picture: by ids, or in a file of --captions with \"image\".");
    }

    private static EmbeddingDataException Nowhere(PictureFolder folder, EmbeddingSet[] sets) => new(
        folder.Path,
        $"it holds {Shown.Count(folder.Files.Count)} pictures; {string.Join(", ", sets.Select(set => $"{set.Modality} has {Shown.Count(set.Rows)} rows{Ids(set)}"))}.",
        "Name each row's picture: by ids that are the files' names, or in a file of --captions with \"image\"; or give one picture per row, in the order of their names.");

    private static string Ids(EmbeddingSet set) => set.Ids is { Count: > 0 } ids ? $" with ids such as \"{Shown.Name(ids[0])}\"" : " without ids";
}
