using ModalityGap.Corrections;
using ModalityGap.Deployment;
using ModalityGap.Embeddings;

namespace CorrectedSearch;

/// <summary>Documents of several modalities in one search, by the scores of a fitted correction. Keep it, or put the same vectors into an index.</summary>
/// <param name="path">The correction's JSON file; the file with its matrices lies beside it.</param>
public sealed class CorrectedIndex(string path = "gap.json")
{
    private readonly FittedCorrection correction = CorrectionFile.Load(path);
    private readonly List<Document> documents = [];

    /// <summary>Takes an embedding as the model gave it.</summary>
    public void Add(string id, Modality modality, ReadOnlySpan<float> embedding)
    {
        var role = RowRole.Documents(modality);
        documents.Add(new Document(
            id,
            modality,
            new VectorCorrection(correction, role).Apply(embedding),
            new VectorCorrection(correction, role, baked: true).Apply(embedding)));
    }

    /// <summary>Form (a): one index of baked vectors, searched by inner product.</summary>
    public (string Id, double Score)[] SearchBaked(Modality modality, ReadOnlySpan<float> query, int count)
    {
        float[] baked = new VectorCorrection(correction, RowRole.Queries(modality), baked: true).Apply(query);
        return [.. documents.Select(document => (document.Id, Score: Product(baked, document.Baked))).OrderByDescending(hit => hit.Score).Take(count)];
    }

    /// <summary>
    /// Form (b): the nearest of each modality by inner product of corrected vectors, then merged by a·(q·d) + b. Where b differs from document
    /// to document, more candidates than wanted are needed; where it is one number for each modality, as many as wanted.
    /// </summary>
    public (string Id, double Score)[] SearchMerged(Modality modality, ReadOnlySpan<float> query, int count, int candidates)
    {
        float[] corrected = new VectorCorrection(correction, RowRole.Queries(modality)).Apply(query);
        return
        [
            .. documents.GroupBy(document => document.Modality)
                .SelectMany(group => group
                    .Select(document => (Document: document, Product: Product(corrected, document.Corrected)))
                    .OrderByDescending(hit => hit.Product)
                    .Take(candidates))
                .Select(hit => (hit.Document.Id, Score: Scale(hit.Document.Modality) * hit.Product + Term(hit.Document)))
                .OrderByDescending(hit => hit.Score)
                .Take(count),
        ];
    }

    private double Scale(Modality modality) => correction.Scores?.Scale(modality) ?? 1;

    // b is the last value of a baked document.
    private double Term(Document document) => correction.Scores is null ? 0 : document.Baked[^1];

    private static double Product(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
            sum += (double)x[k] * y[k];
        return sum;
    }

    private sealed record Document(string Id, Modality Modality, float[] Corrected, float[] Baked);
}
