namespace ModalityGap;

/// <summary>How far an analysis has come.</summary>
/// <param name="Stage">What is being done, such as "image, text: landscape".</param>
/// <param name="Fraction">Share of the whole analysis that is done, from 0 to 1, never going back.</param>
public readonly record struct AnalysisProgress(string Stage, double Fraction);
