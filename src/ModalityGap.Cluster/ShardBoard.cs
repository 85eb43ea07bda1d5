using ModalityGap.Embeddings;

namespace ModalityGap.Cluster;

/// <summary>
/// Which shards of a job are open, which are with which worker, and how often each was lost. Every worker has a shard to work on and one to go on with.
/// </summary>
/// <param name="job">The job.</param>
internal sealed class ShardBoard(ClusterJob job)
{
    /// <summary>Shards that a worker is given at a time.</summary>
    private const int Each = 2;

    /// <summary>A shard that was lost more often takes its workers with it.</summary>
    private const int MostLosses = 5;

    private readonly Queue<int> open = [];
    private readonly Dictionary<int, GivenShard> given = [];
    private readonly int[] losses = new int[job.Shards];

    /// <summary>The shards that are with a worker, in order.</summary>
    public IReadOnlyList<GivenShard> Given => [.. given.Values.OrderBy(one => one.Shard)];

    /// <summary>A shard that nobody has measured.</summary>
    public void Open(int shard) => open.Enqueue(shard);

    /// <summary>A shard whose part is there.</summary>
    public void Finish(int shard) => given.Remove(shard);

    /// <summary>Gives open shards to the workers that have fewer than they may, the idle ones first.</summary>
    public void GiveTo(IReadOnlyList<SiloAddress> workers)
    {
        for (int round = 1; round <= Each; round++)
            foreach (SiloAddress worker in workers)
                if (open.Count > 0 && given.Values.Count(one => one.Worker.Equals(worker)) < round)
                {
                    int shard = open.Dequeue();
                    given.Add(shard, new GivenShard(shard, worker));
                }
    }

    /// <summary>Opens the shards of workers that are gone.</summary>
    /// <exception cref="EmbeddingDataException">A shard was lost too often.</exception>
    public void TakeBackFromAllBut(IReadOnlyList<SiloAddress> workers)
    {
        foreach (GivenShard lost in Given.Where(one => !workers.Contains(one.Worker)))
        {
            given.Remove(lost.Shard);
            open.Enqueue(lost.Shard);
            if (++losses[lost.Shard] > MostLosses)
                throw new EmbeddingDataException(
                    job.KeyOf(lost.Shard),
                    FormattableString.Invariant($"{losses[lost.Shard]} workers ended while they measured this shard."),
                    "Run it alone to see why: modgap measure with --shard, with as much memory as a worker has.");
        }
    }
}

/// <summary>A shard that is with a worker.</summary>
/// <param name="shard">The shard.</param>
/// <param name="worker">The worker.</param>
internal sealed class GivenShard(int shard, SiloAddress worker)
{
    public int Shard => shard;

    public SiloAddress Worker => worker;

    /// <summary>The share of it that is done.</summary>
    public double Done { get; set; }

    /// <summary>What it is asked at the moment: a worker that does not answer keeps nobody else waiting.</summary>
    public Task<ShardAnswer?>? Question { get; set; }
}
