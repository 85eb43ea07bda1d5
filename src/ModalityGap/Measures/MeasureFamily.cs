namespace ModalityGap.Measures;

/// <summary>Measures that answer the same question, in the order of results.</summary>
/// <param name="Name">The question's subject, such as "Neighbours".</param>
/// <param name="Infos">The definitions.</param>
public sealed record MeasureFamily(string Name, IReadOnlyList<MeasureInfo> Infos);
