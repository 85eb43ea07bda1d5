namespace ModalityGap.Selection;

/// <summary>What to do, by the evidence.</summary>
/// <param name="Action"><c>do-nothing</c>, or the id of a candidate.</param>
/// <param name="Proven">Whether its gain was measured where a filter by modality could not give it as well.</param>
/// <param name="Headline">The action in one sentence.</param>
/// <param name="Gain">What it gains on held-out items, in one sentence.</param>
/// <param name="Harm">What it costs, in one sentence.</param>
/// <param name="Condition">When the answer would be another one, in one sentence.</param>
public sealed record CorrectionAdvice(string Action, bool Proven, string Headline, string Gain, string Harm, string Condition);
