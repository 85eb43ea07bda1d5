using ModalityGap.Embeddings;
using ModalityGap.Numerics;

namespace ModalityGap.Corrections;

/// <summary>Queries and documents of two modalities, corrected already, from which a change of scores is learned.</summary>
public sealed class ScoreSample
{
    /// <summary>No document of this modality matches the query, or none is known.</summary>
    public const int NoMatch = -1;

    /// <summary>Puts a sample together.</summary>
    /// <param name="queries">n x d.</param>
    /// <param name="first">Documents of the first modality.</param>
    /// <param name="second">Documents of the second modality.</param>
    /// <param name="matchesInFirst">For each query the row of its document of the first modality, or <see cref="NoMatch"/>; default unknown.</param>
    /// <param name="matchesInSecond">The same for the second. A query never matches itself.</param>
    /// <exception cref="ArgumentException">Lengths or dimensions do not fit together.</exception>
    public ScoreSample(
        UnitEmbeddings queries,
        UnitEmbeddings first,
        UnitEmbeddings second,
        IReadOnlyList<int>? matchesInFirst = null,
        IReadOnlyList<int>? matchesInSecond = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Modality == second.Modality)
            throw new ArgumentException($"Both modalities are called \"{first.Modality}\".", nameof(second));
        if (first.Dimensions != queries.Dimensions || second.Dimensions != queries.Dimensions)
            throw new ArgumentException(
                $"Queries of {queries.Dimensions} and documents of {first.Dimensions} and {second.Dimensions} dimensions have no products.", nameof(queries));
        (Queries, First, Second) = (queries, first, second);
        MatchesInFirst = Checked(matchesInFirst, first, nameof(matchesInFirst));
        MatchesInSecond = Checked(matchesInSecond, second, nameof(matchesInSecond));
    }

    /// <summary>Rows that ask.</summary>
    public UnitEmbeddings Queries { get; }

    /// <summary>Documents of the first modality.</summary>
    public UnitEmbeddings First { get; }

    /// <summary>Documents of the second modality.</summary>
    public UnitEmbeddings Second { get; }

    /// <summary>For each query its document's row in <see cref="First"/>, or <see cref="NoMatch"/>.</summary>
    public IReadOnlyList<int> MatchesInFirst { get; }

    /// <summary>For each query its document's row in <see cref="Second"/>, or <see cref="NoMatch"/>.</summary>
    public IReadOnlyList<int> MatchesInSecond { get; }

    internal WorkContext Work { get; init; } = WorkContext.Default;

    /// <summary>The scores of matching pairs.</summary>
    internal double[] Matched(UnitEmbeddings documents, IReadOnlyList<int> matches) =>
        [.. Enumerable.Range(0, matches.Count).Where(i => matches[i] != NoMatch).Select(i => Dot.Float64(Queries.Row(i), documents.Row(matches[i])))];

    /// <summary>The score of each query's best document.</summary>
    internal double[] Best(UnitEmbeddings documents)
    {
        var multiplier = new RowMultiplier(new RowMatrix(documents.Values, documents.Rows, documents.Dimensions));
        var best = new double[Queries.Rows];
        ScoreBlocks.ForEach(multiplier, Queries.Values, Work, (i, scores) =>
        {
            float largest = scores[0];
            foreach (float score in scores)
                largest = Math.Max(largest, score);
            best[i] = largest;
        });
        return best;
    }

    private int[] Checked(IReadOnlyList<int>? matches, UnitEmbeddings documents, string name)
    {
        if (matches is null)
            return [];
        if (matches.Count != Queries.Rows)
            throw new ArgumentException($"{matches.Count} matches for {Queries.Rows} queries.", name);
        if (matches.Any(match => match < NoMatch || match >= documents.Rows))
            throw new ArgumentException("A match names a row that is not there.", name);
        return [.. matches];
    }
}
