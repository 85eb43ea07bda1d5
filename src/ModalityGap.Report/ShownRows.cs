using ModalityGap.Explanations;
using ModalityGap.Report.Page;

namespace ModalityGap.Report;

/// <summary>The rows of a modality that a page shows one by one: those whose pictures it can use.</summary>
public sealed record ShownRows
{
    /// <summary>Positions in the input of the rows among the examples, ascending.</summary>
    public required IReadOnlyList<int> Examples { get; init; }

    /// <summary>Positions in the input of the rows on the maps, in the maps' order.</summary>
    public required IReadOnlyList<int> Map { get; init; }

    /// <summary>Finds them.</summary>
    /// <param name="result">The result that the page will show.</param>
    /// <param name="modality">The modality.</param>
    public static ShownRows Of(AnalysisResult result, string modality)
    {
        ArgumentNullException.ThrowIfNull(result);
        int most = PageBody.MostExamples(result);
        return new ShownRows
        {
            Examples = [.. result.Pairs.SelectMany(pair => OfExamples(pair, most)).Where(shown => shown.Modality == modality).Select(shown => shown.Row).Distinct().Order()],
            Map = [.. result.Pairs.SelectMany(pair => OfMap(pair, modality)).Distinct()],
        };
    }

    /// <summary>Positions in the input of a map's rows of a modality, entry k for pair k; <c>null</c> where the pair is of others or the map does not move.</summary>
    internal static IReadOnlyList<int>? OnMap(PairResult pair, string modality) => pair.Map.Facts is not { } facts
        ? null
        : modality == pair.First ? facts.FirstRows ?? pair.Map.Pairs
        : modality == pair.Second ? facts.SecondRows ?? pair.Map.Pairs
        : null;

    private static IReadOnlyList<int> OfMap(PairResult pair, string modality) => OnMap(pair, modality) ?? [];

    private static IEnumerable<(string Modality, int Row)> OfExamples(PairResult pair, int most)
    {
        if (pair.Examples is not { } examples)
            yield break;
        foreach (SearchExamples search in examples.Searches)
        {
            foreach (MatchExample match in search.Worst.Take(most).Concat(search.Best.Take(most)))
            {
                yield return (search.Query, match.Query.Row);
                yield return (search.Document, match.Partner.Row);
                yield return (search.Document, match.Rival.Row);
            }
            foreach (HubExample hub in search.Hubs.Take(most))
            {
                yield return (search.Document, hub.Document.Row);
                foreach (ExampleRow query in hub.Queries)
                    yield return (search.Query, query.Row);
            }
        }
        foreach (ImpostorExample impostor in examples.Impostors.Take(most))
        {
            yield return (pair.First, impostor.First.Row);
            yield return (pair.Second, impostor.Second.Row);
        }
    }
}
