namespace ModalityGap.Pictures.Decoding;

/// <summary>A picture as a file holds it.</summary>
/// <param name="Index">Its place among all pictures.</param>
/// <param name="Read">Reads its bytes; called on the thread that decodes.</param>
internal readonly record struct EncodedPicture(int Index, Func<byte[]> Read);
