namespace ModalityGap.Report.Figures;

/// <summary>The numbers behind a figure, as text; the first column names the row.</summary>
/// <param name="Columns">Heads of the columns.</param>
/// <param name="Rows">The cells.</param>
internal sealed record DataTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
