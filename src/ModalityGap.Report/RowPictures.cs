namespace ModalityGap.Report;

/// <summary>Small pictures of rows of one modality: larger ones beside the examples, as many as there is room for on the map.</summary>
public sealed record RowPictures
{
    /// <summary>The modality whose rows they show.</summary>
    public required string Modality { get; init; }

    /// <summary>Pictures of the rows that stand among the examples.</summary>
    public required PictureSheets Examples { get; init; }

    /// <summary>Pictures of the rows on the map.</summary>
    public required PictureSheets Map { get; init; }
}

/// <summary>Pictures of one size, many on a sheet.</summary>
public sealed record PictureSheets
{
    /// <summary>The sheets; each is full but the last.</summary>
    public required IReadOnlyList<PictureSheet> Sheets { get; init; }

    /// <summary>The place of each row's picture, counted through all sheets, by the row's position in its input.</summary>
    public required IReadOnlyDictionary<int, int> Places { get; init; }

    /// <summary>How many pictures a full sheet holds.</summary>
    public required int PerSheet { get; init; }
}

/// <summary>One sheet of pictures side by side, row by row.</summary>
/// <param name="MediaType">Such as <c>image/webp</c>.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Columns">Pictures in a row.</param>
/// <param name="Rows">Rows.</param>
public sealed record PictureSheet(string MediaType, ReadOnlyMemory<byte> Bytes, int Columns, int Rows);
