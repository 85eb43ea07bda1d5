using ModalityGap.Corrections;
using ModalityGap.Embeddings;
using ModalityGap.Measures;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Selection;

/// <summary>
/// Searches among items with a correction just as an index would serve it: documents and queries are baked in their own roles, and inner
/// products of the baked rows rank.
/// </summary>
internal sealed class SearchJudge
{
    private readonly SearchProblem items;
    private readonly FittedCorrection? fitted;
    private readonly WorkContext work;
    private readonly RowMatrix first, second;

    private SearchJudge(FittedCorrection? fitted, SearchProblem items, WorkContext work)
    {
        (this.fitted, this.items, this.work) = (fitted, items, work);
        first = Baked(RowRole.Documents(items.First.Modality), items.First);
        second = Baked(RowRole.Documents(items.Second.Modality), items.Second);
    }

    /// <summary>What the items' queries find.</summary>
    /// <param name="fitted">A correction that has not seen these items, or <c>null</c> for none.</param>
    /// <param name="items">Held-out items.</param>
    /// <param name="galleries">The randomness of the galleries: the same for all that shall be compared.</param>
    /// <param name="work">Threads.</param>
    /// <exception cref="EmbeddingDataException">A corrected row became zero.</exception>
    public static SearchOutcome Judge(FittedCorrection? fitted, SearchProblem items, RandomStream galleries, WorkContext work) =>
        new SearchJudge(fitted, items, work).Judge(galleries);

    private SearchOutcome Judge(RandomStream galleries)
    {
        RowMatrix? asking = items.Asking is { } rows ? Baked(RowRole.Queries(rows.Modality), rows) : null;
        MixedHits? mixed = asking is null ? null : MixedHits.Evaluate(asking.Value, first, second, galleries, work);
        MixedSearch.Arms? filtered = asking is null || fitted is not null ? null : MixedSearch.Evaluate(asking.Value, first, second, galleries, work);
        List<PlainSearch> plain = [Search(Queries(items.First), first: false), Search(Queries(items.Second), first: true)];
        if (items.AsksAcross)
            plain.AddRange([Search(items.Asking!, first: true), Search(items.Asking!, first: false)]);
        return new SearchOutcome(mixed, Filter(filtered?.FirstFirst), Filter(filtered?.SecondFirst), plain);
    }

    private static MixedHits? Filter(MixedSearch.Arm? arm) => arm is null ? null : MixedHits.Of(arm);

    // Rows that ask, where the modality has them; else its documents ask.
    private UnitEmbeddings Queries(UnitEmbeddings documents) => items.Asking?.Modality == documents.Modality ? items.Asking : documents;

    private PlainSearch Search(UnitEmbeddings asking, bool first)
    {
        RowMatrix queries = Baked(RowRole.Queries(asking.Modality), asking), documents = first ? this.first : second;
        RowMatrix? own = items.Asking is null ? (first ? second : this.first) : null;
        var ranks = new long[queries.Rows];
        long[]? pooled = own is null ? null : new long[queries.Rows];
        RowScores.ForEachRow(queries, own is { } others ? [documents, others] : [documents], work, (i, scores) =>
        {
            float bound = scores[0][i];
            // The document itself reaches its own score: the count is the rank.
            ranks[i] = Reaching(scores[0], bound);
            if (pooled is not null)
                pooled[i] = ranks[i] + Reaching(scores[1], bound) - (scores[1][i] >= bound ? 1 : 0);
        });
        return new PlainSearch(asking.Modality.Name, (first ? items.First : items.Second).Modality.Name, ranks, pooled);
    }

    private static long Reaching(float[] scores, float bound)
    {
        long count = 0;
        foreach (float score in scores)
            count += score >= bound ? 1 : 0;
        return count;
    }

    private RowMatrix Baked(RowRole role, UnitEmbeddings rows)
    {
        if (fitted is null)
            return new RowMatrix(rows.Values, rows.Rows, rows.Dimensions);
        UnitEmbeddings corrected = fitted.Apply(role, rows, work);
        EmbeddingSet? baked = fitted.Scores?.Bake(role, corrected);
        return new RowMatrix(baked?.Values ?? corrected.Values, corrected.Rows, baked?.Dimensions ?? corrected.Dimensions);
    }
}
