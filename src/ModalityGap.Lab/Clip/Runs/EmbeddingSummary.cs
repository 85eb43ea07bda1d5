namespace ModalityGap.Lab.Clip.Runs;

/// <summary>What a run has done.</summary>
/// <param name="Images">Rows of pictures.</param>
/// <param name="Texts">Rows of texts.</param>
/// <param name="Dimensions">d.</param>
/// <param name="LeftOut">Pictures that could not be used, each with what is wrong, such as "a.png is cut off".</param>
/// <param name="Truncated">Texts that were too long.</param>
/// <param name="Resumed">Inputs that an earlier run had done.</param>
/// <param name="ArePairs">Whether there are as many texts as pictures: row i of one belongs to row i of the other.</param>
public sealed record EmbeddingSummary(int Images, int Texts, int Dimensions, IReadOnlyList<string> LeftOut, int Truncated, int Resumed, bool ArePairs);
