using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Tests.Sources;

/// <summary>Asserts that a file is refused with a message that names the file, the fault and the way out.</summary>
internal static class Refusal
{
    public static EmbeddingDataException Of(string path, string fault, string remedy, ReadOptions? options = null)
    {
        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => Reading.All(path, options));
        Assert.Equal(path, refused.Origin);
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        Assert.Contains(fault, refused.Fault, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Fault[^1] is '.' or '?', refused.Fault);
        return refused;
    }
}
