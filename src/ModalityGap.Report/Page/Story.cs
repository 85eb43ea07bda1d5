using ModalityGap.Report.Figures;

namespace ModalityGap.Report.Page;

/// <summary>The figures of a pair, chapter by chapter: the order in which the page tells them and files are written.</summary>
/// <param name="Heading">What the chapter asks.</param>
/// <param name="Anchor">The chapter in addresses.</param>
/// <param name="Figures">What answers.</param>
internal sealed record Chapter(string Heading, string Anchor, IReadOnlyList<Figure> Figures);

/// <summary>Tells a pair.</summary>
internal static class Story
{
    /// <summary>The chapters that have anything to show.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="corrections">What was found about corrections; <c>null</c> where none was tried.</param>
    /// <param name="mixedSearch">Mixed search with a query of a third modality.</param>
    /// <param name="mostPairs">At most so many pairs in the map.</param>
    /// <param name="dimensions">Number of dimensions, where known.</param>
    /// <param name="isRoomy">Whether there is room for what a page with many pairs does without.</param>
    /// <param name="pictures">Pictures that a map which moves can show, if any.</param>
    /// <param name="zeroShot">How the first modality's rows are classified, where labels and class texts are known.</param>
    public static IEnumerable<Chapter> Of(
        PairResult pair, CorrectionResult? corrections, IEnumerable<Measures.MixedSearchTable> mixedSearch, int mostPairs, int? dimensions,
            bool isRoomy, RowPictures? pictures = null,
        ClassificationResult? zeroShot = null)
    {
        IEnumerable<Measures.MixedSearchTable> mixed = pair.MixedSearch is { } own ? mixedSearch.Prepend(own) : mixedSearch;
        (string Heading, string Anchor, IEnumerable<Figure?> Figures)[] chapters =
        [
            ("The picture", "picture", [MapFigure.Of(pair, mostPairs, pictures)]),
            ("Why: where the gap lies", "why",
            [
                CosineFigure.Of(pair, isRoomy), isRoomy ? BlocksFigure.Of(pair) : null, LandscapeFigure.Of(pair), isRoomy ? SpectrumFigure.Of(pair) : null, DimensionsFigure.Of(pair, dimensions),
            ]),
            ("Does it hurt: what searches find", "hurt", [RetrievalFigure.Of(pair), .. mixed.SelectMany(Searches), isRoomy ? HubsFigure.Of(pair) : null]),
            ("What fixes it", "fix",
            [
                corrections is null ? null : CandidatesFigure.Of(corrections), corrections is null ? null : SampleSizeFigure.Of(corrections),
                .. pair.Trials.Select(CorrectionFigure.Of),
            ]),
            ("Zero-shot: which classes rows take", "zero-shot", zeroShot is null ? [] : [.. ZeroShotFigure.Of(zeroShot), ClassBiasFigure.Of(zeroShot)]),
            ("Fairness: rates by group", "fairness", [zeroShot is null ? null : GroupRatesFigure.Of(zeroShot)]),
            ("Group by group", "groups", [GroupsFigure.Of(pair)]),
        ];
        foreach ((string heading, string anchor, IEnumerable<Figure?> figures) in chapters)
            if (figures.OfType<Figure>().ToArray() is { Length: > 0 } shown)
                yield return new Chapter(heading, anchor, shown);
    }

    private static IEnumerable<Figure?> Searches(Measures.MixedSearchTable table) => [MixedSearchFigure.Of(table), TopTenFigure.Of(table)];
}
