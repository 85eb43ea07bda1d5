namespace ModalityGap.Lab.Data.Captions;

/// <summary>Which files are pictures, by their endings.</summary>
internal static class PictureName
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];

    public static bool IsPicture(string name) => Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
}
