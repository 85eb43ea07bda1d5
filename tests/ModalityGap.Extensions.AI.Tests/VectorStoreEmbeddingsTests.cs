using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;
using ModalityGap.Embeddings;

namespace ModalityGap.Extensions.AI.Tests;

/// <summary>Embeddings from a collection of a vector store.</summary>
public sealed class VectorStoreEmbeddingsTests
{
    [Fact]
    public async Task Read_TakesVectorsAndIdsOfTheFilteredRecords()
    {
        using var collection = new ListCollection(
            new Photo("a", "street", new float[] { 1, 2 }), new Photo("b", "beach", new float[] { 3, 4 }), new Photo("c", "street", new float[] { 5, 6 }));

        EmbeddingSet set = await VectorStoreEmbeddings.ReadAsync(
            collection, Modality.Image, photo => photo.Place == "street", 10, photo => photo.Vector, photo => photo.Key);

        Assert.Equal((2, 2, "image", "photos"), (set.Rows, set.Dimensions, set.Modality.Name, set.Provenance.Source));
        Assert.Equal(["a", "c"], set.Ids!);
        Assert.Equal(new float[] { 5, 6 }, set.Row(1).ToArray());
        Assert.Equal(1, (await VectorStoreEmbeddings.ReadAsync(collection, Modality.Image, _ => true, 1, photo => photo.Vector)).Rows);
        Assert.True(collection.VectorsWereAsked);
    }

    [Fact]
    public async Task Read_WhatCannotBeRows_SaysWhy()
    {
        using var collection = new ListCollection(
            new Photo("a", "street", new float[] { 1, 2 }), new Photo("b", "beach", default), new Photo("c", "pier", new float[] { 5, 6, 7 }));

        async Task Refuses(Expression<Func<Photo, bool>> filter, string words) => Assert.Contains(
            words,
            (await Assert.ThrowsAsync<EmbeddingDataException>(() => VectorStoreEmbeddings.ReadAsync(collection, Modality.Image, filter, 10, photo => photo.Vector))).Message,
            StringComparison.Ordinal);

        await Refuses(photo => photo.Place == "moon", "photos: no record passes the filter");
        await Refuses(photo => photo.Place != "pier", "record 1 has no vector");
        await Refuses(photo => photo.Place != "beach", "record 1 has 3 dimensions, those before it 2");
    }

    private sealed record Photo(string Key, string Place, ReadOnlyMemory<float> Vector);

    /// <summary>A collection that is a list: of the abstraction only what reading needs.</summary>
    private sealed class ListCollection(params Photo[] photos) : VectorStoreCollection<string, Photo>
    {
        public override string Name => "photos";

        public bool VectorsWereAsked { get; private set; }

        public override async IAsyncEnumerable<Photo> GetAsync(
            Expression<Func<Photo, bool>> filter,
            int top,
            FilteredRecordRetrievalOptions<Photo>? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            VectorsWereAsked = options?.IncludeVectors == true;
            foreach (Photo photo in photos.Where(filter.Compile()).Take(top))
            {
                await Task.Yield();
                yield return photo;
            }
        }

        public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => Task.FromResult(true);

        public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Task<Photo?> GetAsync(string key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public override Task DeleteAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Task UpsertAsync(Photo record, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Task UpsertAsync(IEnumerable<Photo> records, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override IAsyncEnumerable<VectorSearchResult<Photo>> SearchAsync<TInput>(
            TInput searchValue, int top, VectorSearchOptions<Photo>? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public override object? GetService(Type serviceType, object? serviceKey = null) => null;
    }
}
