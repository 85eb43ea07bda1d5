using System.Globalization;
using ModalityGap.Accumulation;
using ModalityGap.Embeddings;
using ModalityGap.Sources;

namespace ModalityGap.Cluster;

/// <summary>Parts as files of a folder, which <c>modgap merge</c> reads too.</summary>
/// <param name="folder">The folder; made when the first part comes.</param>
/// <param name="job">What the parts are of.</param>
/// <param name="work">Opens it, to see whether a part is of the files as they are now.</param>
public sealed class PartFolder(string folder, ClusterJob job, LibraryWork work) : IPartShelf
{
    /// <inheritdoc/>
    /// <exception cref="EmbeddingDataException">A part there is of another run.</exception>
    public byte[]? Find(int shard)
    {
        string path = PathOf(shard);
        if (!File.Exists(path))
            return null;
        work.With(job, corpus =>
        {
            IReadOnlyList<ShardRange> rows = job.RowsOf(shard, corpus.Description);
            PartMaking.CheckFinished(path, new GapAccumulator(corpus.Description, job.Options), corpus, rows, CancellationToken.None);
            return true;
        }, CancellationToken.None);
        return GapAccumulator.Load(path).ToBytes();
    }

    /// <inheritdoc/>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Keep(int shard, byte[] part)
    {
        OutputFile.CreateFolder(folder);
        using OutputFile output = OutputFile.Open(PathOf(shard));
        output.Write(part);
    }

    private string PathOf(int shard) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"part-{shard}-of-{job.Shards}.gap"));
}
