namespace ModalityGap.Pictures.Sheets;

/// <summary>A picture that is wanted on a sheet.</summary>
/// <param name="Name">What it is called where something is wrong with it.</param>
/// <param name="Read">Reads its bytes; called on the thread that decodes.</param>
public sealed record SheetPicture(string Name, Func<byte[]> Read);
