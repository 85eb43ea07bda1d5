namespace ModalityGap.Numerics;

/// <summary>How many threads work, how they are stopped, and to whom progress is told.</summary>
internal sealed class WorkContext
{
    private readonly Action<double>? advance;
    private readonly Lock gate = new();

    /// <summary>Says how to work.</summary>
    /// <param name="threads">Number of threads; 0 for one per core.</param>
    /// <param name="advance">Told the share of the present work that was just done; the shares of one sweep sum to about 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    public WorkContext(int threads = 0, Action<double>? advance = null, CancellationToken cancellation = default)
    {
        Threads = threads > 0 ? threads : Environment.ProcessorCount;
        this.advance = advance;
        Cancellation = cancellation;
    }

    /// <summary>All cores, no progress, not to be stopped.</summary>
    public static WorkContext Default { get; } = new();

    public int Threads { get; }

    public CancellationToken Cancellation { get; }

    public void Advance(double share)
    {
        if (advance is null)
            return;
        lock (gate)
            advance(share);
    }

    /// <summary>Runs body(0) ... body(count - 1), each once, in no order.</summary>
    public void ForEach(int count, Action<int> body)
    {
        int next = -1;
        OnEachThread(count, () =>
        {
            int index;
            while ((index = Interlocked.Increment(ref next)) < count)
            {
                Cancellation.ThrowIfCancellationRequested();
                body(index);
            }
        });
    }

    /// <summary>
    /// Runs body(r, 0) ... body(r, count - 1) for each round r, in no order within a round; a round begins when the one before has ended, on
    /// the same threads.
    /// </summary>
    public void Rounds(int rounds, int count, Action<int, int> body)
    {
        int next = -1;
        using var barrier = new Barrier(Math.Max(1, Math.Min(Threads, count)), _ => next = -1);
        OnEachThread(count, () =>
        {
            try
            {
                for (int round = 0; round < rounds; round++)
                {
                    Cancellation.ThrowIfCancellationRequested();
                    int index;
                    while ((index = Interlocked.Increment(ref next)) < count)
                        body(round, index);
                    barrier.SignalAndWait();
                }
            }
            finally
            {
                // Whoever fails must not be waited for.
                barrier.RemoveParticipant();
            }
        });
    }

    /// <summary>Runs the same body on every thread, at most one thread per unit of work; throws what the first of them threw.</summary>
    public void OnEachThread(int units, Action body)
    {
        int count = Math.Min(Threads, units);
        if (count <= 1)
        {
            if (units > 0)
                body();
            return;
        }
        Exception? first = null;
        void Guarded()
        {
            try
            {
                body();
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref first, exception, null);
            }
        }
        var others = new Thread[count - 1];
        for (int t = 0; t < others.Length; t++)
        {
            others[t] = new Thread(Guarded, maxStackSize: 1 << 20) { IsBackground = true, Name = "modality-gap" };
            others[t].Start();
        }
        Guarded();
        foreach (Thread other in others)
            other.Join();
        if (first is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }
}
