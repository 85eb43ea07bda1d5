using ModalityGap.Lab.Reproduction.Materials;

namespace ModalityGap.Lab.Reproduction.Trainings;

/// <summary>An experiment that is a grid of short trainings: it says which, and what came out of them.</summary>
internal abstract class GridExperiment : IExperiment
{
    public abstract string Id { get; }

    public abstract string Title { get; }

    public Material Uses => Material.Data;

    public IReadOnlyList<Setting> Settings(Effort effort) => Grid(effort).Settings;

    public double Minutes(Effort effort) => Grid(effort).Minutes;

    public int Runs(Effort effort) => Grid(effort).Runs;

    public Findings Run(ExperimentContext context) => Tell(Grid(context.Effort).Run(context), context.Effort);

    /// <summary>What is trained.</summary>
    protected abstract TrainingCell[] CellsOf(Effort effort);

    /// <summary>What the finished runs say of the experiment's claims.</summary>
    protected abstract Findings Tell(TrainedCells trained, Effort effort);

    private TrainingGrid Grid(Effort effort) => new(TrainingScale.Of(effort), CellsOf(effort));
}
