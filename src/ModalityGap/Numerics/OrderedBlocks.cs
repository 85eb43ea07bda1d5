namespace ModalityGap.Numerics;

/// <summary>
/// Blocks are filled by any thread in any order; then each stage takes them in ascending order, one at a time, the stages beside each other.
/// So whatever a stage sums has one order for any number of threads. Few blocks wait at a time: memory does not grow with their number.
/// </summary>
/// <typeparam name="TSlot">What holds a block on its way; used again when every stage has seen it.</typeparam>
internal sealed class OrderedBlocks<TSlot>
    where TSlot : class
{
    private readonly long blocks;
    private readonly WorkContext work;
    private readonly Func<TSlot> create;
    private readonly Action<long, TSlot> fill;
    private readonly Action<TSlot>[] stages;
    private readonly long[] stageAt;
    private readonly bool[] stageBusy;
    private readonly Dictionary<long, (TSlot Slot, int Seen)> waiting = [];
    private readonly Stack<TSlot> free = new();
    private readonly object gate = new();
    private readonly int most;
    private long next;
    private bool failed;

    private OrderedBlocks(long blocks, WorkContext work, Func<TSlot> create, Action<long, TSlot> fill, Action<TSlot>[] stages)
    {
        this.blocks = blocks;
        this.work = work;
        this.create = create;
        this.fill = fill;
        this.stages = stages;
        stageAt = new long[stages.Length];
        stageBusy = new bool[stages.Length];
        most = 2 * work.Threads + 4;
    }

    /// <summary>Fills every block and leads it through the stages.</summary>
    public static void Run(long blocks, WorkContext work, Func<TSlot> create, Action<long, TSlot> fill, params Action<TSlot>[] stages)
    {
        var run = new OrderedBlocks<TSlot>(blocks, work, create, fill, stages);
        work.OnEachThread((int)Math.Min(blocks, work.Threads), run.Work);
    }

    private void Work()
    {
        try
        {
            while (Take() is { } job)
            {
                work.Cancellation.ThrowIfCancellationRequested();
                if (job.Stage < 0)
                    fill(job.Block, job.Slot);
                else
                    stages[job.Stage](job.Slot);
                Finish(job);
            }
        }
        catch
        {
            lock (gate)
            {
                failed = true;
                Monitor.PulseAll(gate);
            }
            throw;
        }
    }

    // What is waiting comes first: it frees a slot, and its bytes may still be in the cache.
    private Job? Take()
    {
        lock (gate)
        {
            while (true)
            {
                if (failed)
                    return null;
                for (int s = 0; s < stages.Length; s++)
                    if (!stageBusy[s] && waiting.TryGetValue(stageAt[s], out (TSlot Slot, int Seen) found))
                    {
                        stageBusy[s] = true;
                        return new Job(stageAt[s], s, found.Slot);
                    }
                long oldest = stageAt.Min();
                if (next < blocks && next < oldest + most)
                    return new Job(next++, -1, free.TryPop(out TSlot? slot) ? slot : create());
                if (oldest == blocks)
                    return null;
                Monitor.Wait(gate);
            }
        }
    }

    private void Finish(Job job)
    {
        lock (gate)
        {
            if (job.Stage < 0)
                waiting.Add(job.Block, (job.Slot, 0));
            else
            {
                stageBusy[job.Stage] = false;
                stageAt[job.Stage]++;
                int seen = waiting[job.Block].Seen + 1;
                waiting[job.Block] = (job.Slot, seen);
                if (seen == stages.Length)
                {
                    waiting.Remove(job.Block);
                    free.Push(job.Slot);
                }
            }
            Monitor.PulseAll(gate);
        }
    }

    private readonly record struct Job(long Block, int Stage, TSlot Slot);
}
