namespace ModalityGap.Cluster;

/// <summary>What a worker does with a shard, and how parts become a result: the library, as a cluster sees it.</summary>
public interface IShardWork
{
    /// <summary>Measures one shard.</summary>
    /// <param name="job">What is measured.</param>
    /// <param name="shard">From 0 to n - 1.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The part, as its file holds it.</returns>
    byte[] Measure(ClusterJob job, int shard, IProgress<double> progress, CancellationToken cancellation);

    /// <summary>The part of the rows of both.</summary>
    byte[] Merge(byte[] first, byte[] second);
}
