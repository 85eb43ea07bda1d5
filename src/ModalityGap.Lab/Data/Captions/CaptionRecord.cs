namespace ModalityGap.Lab.Data.Captions;

/// <summary>A line of a table of captions.</summary>
/// <param name="File">The picture's path, relative to the table.</param>
/// <param name="Caption">One caption.</param>
internal readonly record struct CaptionRecord(string File, string Caption);
