using ModalityGap.Lab.Models;
using ModalityGap.Lab.Training;

namespace ModalityGap.Lab.Reproduction.Trainings;

/// <summary>One setting of a grid of trainings, run with every seed.</summary>
/// <param name="Id">Its id in kebab-case: the stem of its parts.</param>
/// <param name="Name">What is set, in words.</param>
/// <param name="Encoder">The architecture.</param>
/// <param name="Training">The training; the grid sets the seed.</param>
internal sealed record TrainingCell(string Id, string Name, EncoderOptions Encoder, TrainingOptions Training)
{
    /// <summary>The cell whose trained towers this one trains further, seed by seed; <c>null</c> for random weights.</summary>
    public string? From { get; init; }

    /// <summary>Whether the trained models are kept until the experiment is finished, to be looked at again.</summary>
    public bool KeepsModel { get; init; }
}
