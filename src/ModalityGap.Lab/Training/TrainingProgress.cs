namespace ModalityGap.Lab.Training;

/// <summary>How far a training has come.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">How many there are.</param>
/// <param name="Step">Steps done in the whole run.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Loss">The loss of the last step.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, long Step, long Steps, double Loss);
