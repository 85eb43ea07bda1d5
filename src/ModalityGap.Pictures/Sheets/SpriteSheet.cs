namespace ModalityGap.Pictures.Sheets;

/// <summary>Small pictures of one size side by side, row by row, as one file.</summary>
/// <param name="WebP">The file.</param>
/// <param name="Columns">Pictures in a row.</param>
/// <param name="Rows">Rows.</param>
public sealed record SpriteSheet(byte[] WebP, int Columns, int Rows);
