using ModalityGap.Embeddings;
using Orleans.Placement;

namespace ModalityGap.Cluster;

/// <inheritdoc cref="IShardGrain"/>
/// <remarks>One that nobody asks stops its work after two to three minutes: the run that wanted it is gone.</remarks>
[RandomPlacement]
[CollectionAgeLimit(Minutes = 2)]
internal sealed class ShardGrain(IShardWork work, WorkSlots slots) : Grain, IShardGrain, IDisposable
{
    /// <summary>How long a question waits for the part before it is answered with how far it is.</summary>
    private static readonly TimeSpan MostWaiting = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource stop = new();
    private readonly Share done = new();
    private Task<byte[]>? running;

    public async Task<ShardAnswer> Ask(ClusterJob job, int shard)
    {
        if (job.Tool != ToolVersion.Name)
            return Refuse($"this worker is of {ToolVersion.Name}, the run of {job.Tool}", "Start workers and run with the same version.");
        running ??= slots.Run(() => work.Measure(job, shard, done, stop.Token), stop.Token);
        await Task.WhenAny(running, Task.Delay(MostWaiting, stop.Token));
        if (!running.IsCompleted)
            return new ShardAnswer { Done = done.Value };
        try
        {
            return new ShardAnswer { Done = 1, Part = await running };
        }
        catch (EmbeddingDataException exception)
        {
            return new ShardAnswer { FaultSource = exception.Origin, Fault = exception.Fault, FaultRemedy = exception.Remedy };
        }
        // As an answer, so that it is not taken for a fault of the way to this worker, after which one asks again.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new ShardAnswer
            {
                FaultSource = job.KeyOf(shard),
                Fault = $"a worker failed on it: {exception.Message.TrimEnd('.')} ({exception.GetType().Name}).",
                FaultRemedy = "Measure that share alone to see more: modgap measure with --shard.",
            };
        }
    }

    public Task Forget()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stop.Cancel();
        return Task.CompletedTask;
    }

    public void Dispose() => stop.Dispose();

    private static ShardAnswer Refuse(string fault, string remedy) => new() { FaultSource = Environment.MachineName, Fault = fault, FaultRemedy = remedy };

    private sealed class Share : IProgress<double>
    {
        private double value;

        public double Value => Volatile.Read(ref value);

        public void Report(double value) => Volatile.Write(ref this.value, value);
    }
}
