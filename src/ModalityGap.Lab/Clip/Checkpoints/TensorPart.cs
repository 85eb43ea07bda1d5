namespace ModalityGap.Lab.Clip.Checkpoints;

/// <summary>Which part of which of our tensors a published one is.</summary>
/// <param name="Name">Our tensor.</param>
/// <param name="Part">Its place along the first axis, where <paramref name="Parts"/> published ones make one of ours.</param>
/// <param name="Parts">Into how many it is split.</param>
/// <param name="IsTransposed">Whether its two axes change places.</param>
internal readonly record struct TensorPart(string Name, int Part = 0, int Parts = 1, bool IsTransposed = false);
