namespace ModalityGap.Cluster;

/// <summary>
/// One shard of a job. Whoever asks it starts it: when the process that holds it dies, the next question starts it anew on another one, so that
/// nothing has to be told that something was lost.
/// </summary>
[Alias("modgap.shard")]
public interface IShardGrain : IGrainWithStringKey
{
    /// <summary>Starts the shard where nobody has, and says within half a second how far it is.</summary>
    [Alias("ask")]
    Task<ShardAnswer> Ask(ClusterJob job, int shard);

    /// <summary>Stops it and forgets its part.</summary>
    [Alias("forget")]
    Task Forget();
}
