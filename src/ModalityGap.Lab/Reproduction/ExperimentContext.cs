using ModalityGap.Lab.Reproduction.Materials;
using ModalityGap.Numerics;
using ModalityGap.Statistics;

namespace ModalityGap.Lab.Reproduction;

/// <summary>What an experiment is given: how thoroughly, with which randomness, on what material, and where finished parts are kept.</summary>
internal sealed class ExperimentContext
{
    private readonly PartStore parts;
    private readonly Action<string, double>? progress;

    public ExperimentContext(
        Effort effort, RandomStream random, WorkContext work, GivenMaterial given, PartStore parts, Action<string, double>? progress)
    {
        (Effort, Random, Work, Given) = (effort, random, work, given);
        this.parts = parts;
        this.progress = progress;
    }

    public Effort Effort { get; }

    /// <summary>The experiment's own stream: another experiment never changes what it draws.</summary>
    public RandomStream Random { get; }

    public WorkContext Work { get; }

    /// <summary>What the user brought, as far as the experiment looks at it.</summary>
    public GivenMaterial Given { get; }

    /// <summary>Whether this is the thorough run.</summary>
    public bool IsFull => Effort == Effort.Full;

    /// <summary>Says what is being done, and the share that is done before it.</summary>
    public void Tell(string stage, double done) => progress?.Invoke(stage, done);

    /// <summary>A part that is kept when it is finished.</summary>
    /// <param name="name">Its name in kebab-case.</param>
    /// <param name="done">The share of the experiment that is done before it, from 0 to 1.</param>
    /// <param name="make">Makes it.</param>
    public double[][] Part(string name, double done, Func<double[][]> make)
    {
        Work.Cancellation.ThrowIfCancellationRequested();
        Tell(name, done);
        return parts.Get(name, make);
    }

    /// <summary>The path of a file or a folder that parts share, such as a model, or that says itself whether it is finished; kept until the experiment is.</summary>
    public string Beside(string name) => parts.Beside(name);
}
