using ModalityGap.Lab.Data;
using ModalityGap.Lab.Models;
using ModalityGap.Lab.Reproduction.Materials;

namespace ModalityGap.Lab.Reproduction.Trainings;

/// <summary>An experiment that is a grid of short trainings: it says which, and what came out of them.</summary>
internal abstract class GridExperiment : IExperiment
{
    public abstract string Id { get; }

    public abstract string Title { get; }

    public virtual Material Uses => Material.Data;

    public virtual IReadOnlyList<Setting> Settings(Effort effort) => Grid(effort).Settings;

    public double Minutes(Effort effort) => Grid(effort).Minutes;

    public int Runs(Effort effort) => Grid(effort).Runs;

    public Findings Run(ExperimentContext context) => Tell(Grid(context.Effort).Run(context), context);

    /// <summary>What is trained.</summary>
    protected abstract TrainingCell[] CellsOf(Effort effort);

    /// <summary>What the finished runs say of the experiment's claims.</summary>
    protected abstract Findings Tell(TrainedCells trained, ExperimentContext context);

    /// <summary>The pictures with texts that the runs were trained on.</summary>
    protected ImageTextSet Open(ExperimentContext context) => Grid(context.Effort).Open(context, CellsOf(context.Effort)[0].Encoder.Side);

    /// <summary>Looks at the trained model of every seed of a cell whose models are kept.</summary>
    protected static T[] Look<T>(ExperimentContext context, TrainingCell cell, Func<DualEncoder, int, T> look)
    {
        var seen = new T[TrainingScale.Of(context.Effort).Seeds];
        for (int seed = 0; seed < seen.Length; seed++)
        {
            context.Work.Cancellation.ThrowIfCancellationRequested();
            context.Tell($"looking at {cell.Name}, seed {seed + 1}", 1);
            using DualEncoder model = TrainingGrid.Model(context, cell, seed);
            seen[seed] = look(model, seed);
        }
        return seen;
    }

    private TrainingGrid Grid(Effort effort) => new(TrainingScale.Of(effort), CellsOf(effort));
}
