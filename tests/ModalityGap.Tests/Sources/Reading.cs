using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

/// <summary>Reads a file in a test, which may be cancelled.</summary>
internal static class Reading
{
    public static IReadOnlyList<EmbeddingSet> All(string path, ReadOptions? options = null) =>
        EmbeddingFile.Read(path, options, TestContext.Current.CancellationToken);

    public static EmbeddingSet One(string path, ReadOptions? options = null) => Assert.Single(All(path, options));
}
