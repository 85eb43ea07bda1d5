namespace ModalityGap.Lab.Data;

/// <summary>Whom a picture shows, and in which style.</summary>
/// <param name="Item">The index of its item.</param>
/// <param name="Style">The index of its style in <see cref="ImageTextSet.Styles"/>.</param>
public readonly record struct ImageRow(int Item, int Style);
