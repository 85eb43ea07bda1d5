using ModalityGap.Accumulation;
using ModalityGap.Embeddings;
using ModalityGap.Sources;
using ModalityGap.Tests.Sources;

namespace ModalityGap.Tests.Linear;

/// <summary>A folder of parts goes on where it was, and is not mistaken for that of another measurement.</summary>
public sealed class PartMakingTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_OneFileInRangesOfRows_GoesOnAndIsTheSinglePass()
    {
        ShardedRows.Write(folder, 371);
        using EmbeddingStream images = Open("whole-img.npy"), texts = Open("whole-txt.npy");
        EmbeddingCorpus corpus = EmbeddingCorpus.Of([images, texts]);
        string parts = Path.Combine(folder.Path, "parts");
        string once = Run(corpus, parts, new LinearOptions());
        string[] files = [.. Directory.EnumerateFiles(parts).Order()];
        Assert.Equal(4, files.Length);
        File.Delete(files[2]);
        Assert.Equal(once, Run(corpus, parts, new LinearOptions()));
        using EmbeddingStream first = Open("whole-img.npy"), second = Open("whole-txt.npy");
        double whole = LinearAnalysis.Run([first, second], cancellation: TestContext.Current.CancellationToken).Pairs[0].Measures["gap"].Estimate!.Value;
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(once));
        Assert.Equal(whole, LinearJson.Read(stream).Pairs[0].Measures["gap"].Estimate!.Value, 1e-9);

        EmbeddingDataException refused = Assert.Throws<EmbeddingDataException>(() => Run(corpus, parts, new LinearOptions { Seed = 4 }));
        Assert.Contains("made with other options (seed 20220303, not 4)", refused.Fault, StringComparison.Ordinal);
    }

    private static string Run(EmbeddingCorpus corpus, string parts, LinearOptions options) =>
        LinearJson.ToText(PartMaking.Run(parts, corpus, options, rowsPerPart: 100, null, TestContext.Current.CancellationToken));

    private EmbeddingStream Open(string name) =>
        EmbeddingStream.Open(Path.Combine(folder.Path, name), cancellation: TestContext.Current.CancellationToken)[0];
}
