using System.Globalization;
using System.Text.Json;

namespace ModalityGap.Lab.Data.Captions;

/// <summary>Images and captions of a COCO annotation file; everything else in it is passed over.</summary>
internal sealed class CocoFile
{
    private string section = "", key = "", fileName = "";
    private string? caption;
    private long? id, image;

    /// <summary>File names by the images' ids.</summary>
    public SortedDictionary<long, string> Images { get; } = [];

    /// <summary>Image, id of the annotation, caption.</summary>
    public List<(long Image, long Id, string Caption)> Annotations { get; } = [];

    /// <summary>Annotations without a caption, as those of outlines are.</summary>
    public int OtherAnnotations { get; private set; }

    public static CocoFile Read(Stream stream, CancellationToken cancellation)
    {
        var file = new CocoFile();
        JsonTokens.Read(stream, file.Take, cancellation);
        return file;
    }

    // Depth 1 holds the sections, depth 2 the objects in their arrays, depth 3 the fields of these.
    private void Take(ref Utf8JsonReader token)
    {
        switch (token.TokenType, token.CurrentDepth)
        {
            case (JsonTokenType.PropertyName, 1):
                section = token.GetString()!;
                break;
            case (JsonTokenType.StartObject, 2):
                (key, fileName, caption, id, image) = ("", "", null, null, null);
                break;
            case (JsonTokenType.PropertyName, 3):
                key = token.GetString()!;
                break;
            case (JsonTokenType.String or JsonTokenType.Number, 3):
                TakeField(ref token);
                break;
            case (JsonTokenType.EndObject, 2):
                Finish();
                break;
        }
    }

    private void TakeField(ref Utf8JsonReader token)
    {
        switch (key)
        {
            case "id":
                id = Number(ref token);
                break;
            case "image_id":
                image = Number(ref token);
                break;
            case "file_name" when token.TokenType == JsonTokenType.String:
                fileName = token.GetString()!;
                break;
            case "caption" when token.TokenType == JsonTokenType.String:
                caption = token.GetString()!;
                break;
        }
    }

    private void Finish()
    {
        if (section == "images" && id is { } number && fileName.Length > 0)
            Images[number] = fileName;
        else if (section == "annotations" && image is { } shown && caption is not null)
            Annotations.Add((shown, id ?? Annotations.Count, caption));
        else if (section == "annotations")
            OtherAnnotations++;
    }

    private static long? Number(ref Utf8JsonReader token)
    {
        if (token.TokenType == JsonTokenType.Number)
            return token.TryGetInt64(out long number) ? number : null;
        return long.TryParse(token.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long written) ? written : null;
    }
}
