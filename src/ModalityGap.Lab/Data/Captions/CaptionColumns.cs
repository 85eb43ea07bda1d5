namespace ModalityGap.Lab.Data.Captions;

/// <summary>Which fields of a table hold file and caption.</summary>
/// <param name="File">The column of the file's name.</param>
/// <param name="Caption">The column of the caption.</param>
/// <param name="Width">The number of columns.</param>
internal sealed record CaptionColumns(int File, int Caption, int Width)
{
    private static readonly string[] FileNames = ["file_name", "filename", "file", "image", "image_name", "image_path", "path", "filepath"];

    private static readonly string[] CaptionNames = ["caption", "captions", "text", "comment", "sentence", "title", "description"];

    /// <summary>By the names in the first line; without these, the first field and the last one.</summary>
    public static CaptionColumns Of(string[] first, out bool isHead)
    {
        string[] names = [.. first.Select(field => field.Trim().ToLowerInvariant())];
        int file = Array.FindIndex(names, FileNames.Contains), caption = Array.FindIndex(names, CaptionNames.Contains);
        isHead = file >= 0 && caption >= 0;
        return isHead ? new CaptionColumns(file, caption, first.Length) : new CaptionColumns(0, 1, 2);
    }

    public CaptionRecord Take(string[] fields, char separator)
    {
        // A last caption that contains the separator without quotes goes on to the end.
        string caption = Caption == Width - 1 ? string.Join(separator, fields[Caption..]) : fields[Caption];
        return new CaptionRecord(Bare(fields[File].Trim()), caption);
    }

    // Flickr8k numbers the captions of a picture: 1000268201.jpg#0.
    private static string Bare(string file)
    {
        int mark = file.LastIndexOf('#');
        bool isNumbered = mark > 0 && mark < file.Length - 1 && file[(mark + 1)..].All(char.IsAsciiDigit) && PictureName.IsPicture(file[..mark]);
        return isNumbered ? file[..mark] : file;
    }
}
