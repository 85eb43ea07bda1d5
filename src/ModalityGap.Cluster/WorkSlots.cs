namespace ModalityGap.Cluster;

/// <summary>One shard at a time in a process: each uses every core already.</summary>
internal sealed class WorkSlots : IDisposable
{
    private readonly SemaphoreSlim free = new(1);

    public async Task<T> Run<T>(Func<T> work, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose() => free.Dispose();
}
