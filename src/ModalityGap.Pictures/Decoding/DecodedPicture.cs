namespace ModalityGap.Pictures.Decoding;

/// <summary>A picture at the wanted side, or why there is none.</summary>
/// <param name="Planes">Red, green and blue planes, and one of opacity where the picture is whole; <c>null</c> where there is a fault.</param>
/// <param name="Fault">What is wrong, to follow the picture's name; <c>null</c> where nothing is.</param>
internal readonly record struct DecodedPicture(byte[]? Planes, string? Fault)
{
    public const string Missing = "is missing";

    public static DecodedPicture Broken(string fault) => new(null, fault);
}
