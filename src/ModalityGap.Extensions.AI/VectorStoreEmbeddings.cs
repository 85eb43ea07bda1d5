using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;
using ModalityGap.Embeddings;

namespace ModalityGap.Extensions.AI;

/// <summary>Reads embeddings from a collection of a vector store.</summary>
public static class VectorStoreEmbeddings
{
    /// <summary>The vectors of the records that a filter lets pass, as one modality.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="modality">What the vectors are embeddings of.</param>
    /// <param name="filter">Which records; the store decides what it understands.</param>
    /// <param name="top">At most how many; the store decides which, if there are more.</param>
    /// <param name="vector">A record's vector, as the record holds it.</param>
    /// <param name="id">A record's id, by which rows are paired; default none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <typeparam name="TKey">The type of the records' keys.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <exception cref="EmbeddingDataException">There is no record, one has no vector, or vectors differ in their dimensions.</exception>
    public static async Task<EmbeddingSet> ReadAsync<TKey, TRecord>(
        VectorStoreCollection<TKey, TRecord> collection,
        Modality modality,
        Expression<Func<TRecord, bool>> filter,
        int top,
        Func<TRecord, ReadOnlyMemory<float>> vector,
        Func<TRecord, string>? id = null,
        CancellationToken cancellation = default)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(vector);
        List<float> values = [];
        List<string> ids = [];
        int dimensions = 0, rows = 0;
        var options = new FilteredRecordRetrievalOptions<TRecord> { IncludeVectors = true };
        await foreach (TRecord record in collection.GetAsync(filter, top, options, cancellation).WithCancellation(cancellation).ConfigureAwait(false))
        {
            ReadOnlyMemory<float> row = vector(record);
            if (row.IsEmpty)
                throw Fault(collection.Name, $"record {rows} has no vector.", "Leave such records out with the filter.");
            if (rows > 0 && row.Length != dimensions)
                throw Fault(collection.Name, $"record {rows} has {row.Length} dimensions, those before it {dimensions}.", "Read vectors of one model at a time.");
            dimensions = row.Length;
            values.AddRange(row.Span);
            if (id is not null)
                ids.Add(id(record));
            rows++;
        }
        return rows > 0
            ? new EmbeddingSet(
                modality,
                [.. values],
                dimensions,
                new Provenance(collection.Name, "vector store", "float32", null, Fingerprint.None),
                id is null ? null : new RowNames { Ids = ids })
            : throw Fault(collection.Name, "no record passes the filter.", "Look at the filter, and whether the collection was filled.");
    }

    private static EmbeddingDataException Fault(string collection, string fault, string remedy) => new(collection, fault, remedy);
}
